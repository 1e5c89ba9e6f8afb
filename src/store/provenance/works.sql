-- Which sources of a claim are the same work as another that comes before them by key: its documents and
-- the texts that these take over whole.
WITH RECURSIVE party(id) AS (
  SELECT source_id FROM mentions WHERE claim_id = (SELECT id FROM claims WHERE key = :key)
  UNION
  SELECT e.origin_id
  FROM party CROSS JOIN source_origins AS e CROSS JOIN origin_relations AS r
  WHERE e.source_id = party.id AND r.code = e.relation AND r.whole_text = 1
)
SELECT s.key AS source, w.key AS work
FROM party
JOIN same_works AS k ON k.source_id = party.id
JOIN sources AS s ON s.id = k.source_id
JOIN sources AS w ON w.id = k.work_id;
