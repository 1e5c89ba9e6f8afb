-- What the sources of a range draw on and for whom they speak, of each by key: of several the first is meant.
SELECT e.source_id, e.origin_id, r.whole_text AS whole, e.relation = 'speaks_for' AS speaks_for, e.relation = 'revises' AS revises
FROM source_origins AS e
JOIN origin_relations AS r ON r.code = e.relation
JOIN sources AS s ON s.id = e.origin_id
WHERE e.source_id BETWEEN ?1 AND ?2
ORDER BY e.source_id, s.key;
