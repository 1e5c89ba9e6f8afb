-- Documents and footage that are one work, by address or identifier. A source and its revision are two
-- works at one address.
CREATE VIEW same_works AS
SELECT
  -- A source that is the same work as another.
  source_id,
  -- The first of that work by key.
  CAST(work_id AS INTEGER) AS work_id
FROM (
  SELECT w.id AS source_id, (
      SELECT o.id
      FROM (
        -- DISTINCT drops nothing: it keeps SQLite from writing the address out at each use. A document without
        -- both is nobody's same work, and need not be compared with all that the program has not read yet.
        SELECT DISTINCT f.address, f.identifier FROM source_works AS f
        WHERE f.source_id = w.id AND (f.address IS NOT NULL OR f.identifier IS NOT NULL)
      ) AS form CROSS JOIN sources AS o
      WHERE (o.canonical = form.address OR o.canonical = form.identifier
          OR o.canonical_identifier = form.address OR o.canonical_identifier = form.identifier
          OR (o.folded IS NULL AND EXISTS (
            SELECT 1 FROM source_works AS x WHERE x.source_id = o.id AND x.address = form.address)))
        AND o.kind NOT IN (SELECT k.code FROM source_kinds AS k WHERE k.is_party = 1)
        AND NOT EXISTS (SELECT 1 FROM source_origins AS e
          WHERE e.relation = 'revises' AND (e.source_id = o.id AND e.origin_id = w.id
            OR e.source_id = w.id AND e.origin_id = o.id))
      ORDER BY o.key LIMIT 1) AS work_id
  FROM sources AS w
) AS first
WHERE work_id <> source_id;
