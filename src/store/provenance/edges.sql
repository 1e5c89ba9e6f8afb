-- What the documents of a claim draw on, and in turn the texts that they take over whole.
WITH RECURSIVE text_of(id) AS (
  SELECT source_id FROM mentions WHERE claim_id = (SELECT id FROM claims WHERE key = :key)
  UNION
  SELECT e.origin_id
  FROM text_of CROSS JOIN source_origins AS e CROSS JOIN origin_relations AS r
  WHERE e.source_id = text_of.id AND r.code = e.relation AND r.whole_text = 1
)
SELECT a.key AS source, b.key AS origin, r.label AS how, r.whole_text AS whole,
  k.is_named = 0 AS origin_unnamed
-- Nb. CROSS JOIN keeps SQLite from reading all edges first.
FROM text_of
CROSS JOIN source_origins AS e
JOIN origin_relations AS r ON r.code = e.relation
JOIN sources AS a ON a.id = e.source_id
JOIN sources AS b ON b.id = e.origin_id
JOIN source_kinds AS k ON k.code = b.kind
WHERE e.source_id = text_of.id AND e.relation <> 'speaks_for' AND (r.whole_text = 1 OR e.origin_id IN (
  SELECT source_id FROM mentions WHERE claim_id = (SELECT id FROM claims WHERE key = :key)))
ORDER BY b.id, a.id, r.rank;
