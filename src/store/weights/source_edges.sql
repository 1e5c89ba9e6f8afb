-- What a source draws on and for whom it speaks, by key: of several the first is meant.
SELECT e.origin_id, r.whole_text AS whole, e.relation = 'speaks_for' AS speaks_for, e.relation = 'revises' AS revises
FROM source_origins AS e
JOIN origin_relations AS r ON r.code = e.relation
JOIN sources AS s ON s.id = e.origin_id
WHERE e.source_id = ?1
ORDER BY s.key;
