-- The place of each operation in the log: the operation of this file that began before it. One that was done
-- in another archive came with an export or a merge, and began before that.
CREATE VIEW operation_places AS
SELECT
  -- The operation.
  o.id AS operation_id,
  -- The operation of this file after which it stands: itself, where it was done in this file; 0 before the
  -- first.
  CAST(CASE WHEN o.added IS NULL THEN o.id ELSE coalesce((
    SELECT max(p.id) FROM operations AS p
    WHERE p.added IS NULL AND p.at <= o.at AND p.id < (
      SELECT max(b.id) FROM operations AS b WHERE b.added IS NULL AND b.id < o.id)), 0) END AS INTEGER) AS place,
  -- 1 where it was done in another archive, else 0.
  CAST(CASE WHEN o.added IS NOT NULL THEN 1 ELSE 0 END AS INTEGER) AS carried
FROM operations AS o;
