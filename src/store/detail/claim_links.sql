-- The links between a claim and other claims, in both directions.
SELECT l.relation, c.key AS claim, c.status, c.text, l.note
FROM claim_links AS l JOIN claims AS c ON c.id = l.to_id
WHERE l.from_id = (SELECT id FROM claims WHERE key = :key)
UNION ALL
SELECT CASE WHEN r.symmetric = 1 THEN l.relation ELSE l.relation || ' (this one)' END,
  c.key, c.status, c.text, l.note
FROM claim_links AS l
JOIN claims AS c ON c.id = l.from_id
JOIN link_relations AS r ON r.code = l.relation
WHERE l.to_id = (SELECT id FROM claims WHERE key = :key)
ORDER BY 1, 2;
