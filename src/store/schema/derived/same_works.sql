-- Documents and footage that are one work, by address or identifier. A source and its revision are two
-- works at one address.
CREATE VIEW same_works AS
SELECT
  -- A source that is the same work as another.
  source_id,
  -- The first of that work by key.
  CAST(work_id AS INTEGER) AS work_id
FROM (
  SELECT w.source_id, (
      SELECT o.id
      FROM (
        SELECT id FROM sources WHERE canonical = w.address
        UNION ALL SELECT id FROM sources WHERE canonical = w.identifier
        UNION ALL SELECT id FROM sources WHERE canonical_identifier = w.address
        UNION ALL SELECT id FROM sources WHERE canonical_identifier = w.identifier
        UNION ALL SELECT x.source_id FROM source_works AS x
          WHERE x.waits = 1 AND x.address = w.address
            AND x.source_id IN (SELECT id FROM sources WHERE folded IS NULL)
      ) AS found JOIN sources AS o ON o.id = found.id
      WHERE o.kind NOT IN (SELECT k.code FROM source_kinds AS k WHERE k.is_party = 1)
        AND NOT EXISTS (SELECT 1 FROM source_origins AS e
          WHERE e.relation = 'revises' AND (e.source_id = o.id AND e.origin_id = w.source_id
            OR e.source_id = w.source_id AND e.origin_id = o.id))
      ORDER BY o.key LIMIT 1) AS work_id
  FROM (
    -- DISTINCT drops nothing: it keeps SQLite from writing the address out at each use.
    SELECT DISTINCT source_id, address, identifier FROM source_works
    WHERE address IS NOT NULL OR identifier IS NOT NULL
  ) AS w
) AS first
WHERE work_id <> source_id;
