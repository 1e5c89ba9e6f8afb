-- What the documents of a claim draw on, and in turn the texts that they take over whole.
WITH RECURSIVE text_of(id) AS (
  SELECT source_id FROM mentions WHERE claim_id = (SELECT id FROM claims WHERE key = :key)
  UNION
  SELECT e.origin_id
  FROM text_of JOIN source_origins AS e ON e.source_id = text_of.id
  JOIN origin_relations AS r ON r.code = e.relation
  WHERE r.whole_text = 1
)
SELECT a.key AS source, b.key AS origin, r.label AS how, r.whole_text AS whole
FROM text_of
JOIN source_origins AS e ON e.source_id = text_of.id
JOIN origin_relations AS r ON r.code = e.relation
JOIN sources AS a ON a.id = e.source_id
JOIN sources AS b ON b.id = e.origin_id
WHERE e.relation <> 'speaks_for' AND (r.whole_text = 1 OR e.origin_id IN (
  SELECT source_id FROM mentions WHERE claim_id = (SELECT id FROM claims WHERE key = :key)))
ORDER BY b.id, a.id, r.rank;
