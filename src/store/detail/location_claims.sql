-- What is claimed of a place and of the places inside it. UNION ends a circle of places.
WITH RECURSIVE inside(id) AS (
  SELECT id FROM locations WHERE key = :key
  UNION
  SELECT l.id FROM locations AS l JOIN inside ON l.within_id = inside.id
)
SELECT c.key AS claim, c.status, cl.relation, l.key AS place, c.happened, c.text
-- CROSS keeps the order: the places inside a country are few beside the claims of a large archive.
FROM inside CROSS JOIN claim_locations AS cl ON cl.location_id = inside.id
JOIN locations AS l ON l.id = cl.location_id
JOIN claims AS c ON c.id = cl.claim_id
JOIN place_relations AS r ON r.code = cl.relation
WHERE c.withdrawn IS NULL AND (r.counts_upward = 1 OR l.key = :key)
ORDER BY c.id, l.key;
