-- The links between claims, from either side.
SELECT l.from_id AS claim_id, r.label AS relation, r.conflict, 1 AS outward, c.key, c.text, c.status, l.note
FROM claim_links AS l
JOIN claims AS c ON c.id = l.to_id
JOIN link_relations AS r ON r.code = l.relation
WHERE l.from_id > :after AND l.from_id <= :last AND c.withdrawn IS NULL
UNION ALL
SELECT l.to_id, CASE WHEN r.symmetric = 1 THEN r.label ELSE 'the other ' || r.label || ' this one' END, r.conflict, 0, c.key, c.text, c.status, l.note
FROM claim_links AS l
JOIN claims AS c ON c.id = l.from_id
JOIN link_relations AS r ON r.code = l.relation
WHERE l.to_id > :after AND l.to_id <= :last AND c.withdrawn IS NULL
ORDER BY 1, 2, 5;
