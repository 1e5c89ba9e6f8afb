-- How many claims lie at each place or inside it. What is only near or toward a place is counted apart. UNION ends a
-- circle of places. Each place is walked down by itself, as in the report of places.
SELECT l.key, (
    WITH RECURSIVE inside(id) AS (
      SELECT l.id
      UNION
      SELECT n.id FROM inside CROSS JOIN locations AS n WHERE n.within_id = inside.id
    )
    SELECT count(DISTINCT cl.claim_id)
    FROM inside CROSS JOIN claim_locations AS cl
    JOIN place_relations AS r ON r.code = cl.relation AND r.counts_upward = 1
    WHERE cl.location_id = inside.id AND cl.claim_id NOT IN (SELECT c.id FROM claims AS c WHERE c.withdrawn IS NOT NULL)) AS claims
FROM locations AS l;
