-- How many claims lie at each place or inside it. What is only near or toward a place is counted apart. UNION ends a circle of places.
WITH RECURSIVE around(id, up) AS (
  SELECT id, id FROM locations
  UNION
  SELECT around.id, l.within_id FROM around JOIN locations AS l ON l.id = around.up
  WHERE l.within_id IS NOT NULL
)
SELECT l.key, count(DISTINCT cl.claim_id) AS claims
FROM around
JOIN locations AS l ON l.id = around.up
JOIN claim_locations AS cl ON cl.location_id = around.id
JOIN place_relations AS r ON r.code = cl.relation
JOIN claims AS c ON c.id = cl.claim_id
WHERE c.withdrawn IS NULL AND r.counts_upward = 1
GROUP BY l.id;
