-- Left out: nothing.
-- where place: l.id IN (WITH RECURSIVE inside(id) AS (SELECT id FROM locations WHERE key = :key UNION SELECT i.id FROM inside JOIN locations AS i ON i.within_id = inside.id) SELECT id FROM inside)
WITH RECURSIVE around(location_id, around_id) AS (
  SELECT id, id FROM locations UNION ALL SELECT a.location_id, l.within_id FROM around AS a JOIN locations AS l ON l.id = a.around_id
  WHERE l.within_id IS NOT NULL
), inside AS MATERIALIZED (SELECT around_id, location_id FROM around)
SELECT l.key AS place, l.name, l.kind, w.key AS within,
  (SELECT count(DISTINCT cl.claim_id) FROM inside AS i JOIN claim_locations AS cl ON cl.location_id = i.location_id
    JOIN place_relations AS r ON r.code = cl.relation AND r.counts_upward = 1
    WHERE i.around_id = l.id AND cl.claim_id NOT IN (SELECT id FROM claims WHERE withdrawn IS NOT NULL)) AS claims,
  (SELECT count(DISTINCT cl.claim_id) FROM claim_locations AS cl JOIN place_relations AS r ON r.code = cl.relation AND r.counts_upward = 1
    WHERE cl.location_id = l.id AND cl.claim_id NOT IN (SELECT id FROM claims WHERE withdrawn IS NOT NULL)) AS here,
  (SELECT count(DISTINCT cl.claim_id) FROM claim_locations AS cl JOIN place_relations AS r ON r.code = cl.relation AND r.counts_upward = 0
    WHERE cl.location_id = l.id AND cl.claim_id NOT IN (SELECT id FROM claims WHERE withdrawn IS NOT NULL)) AS nearby,
  l.precision, l.lat, l.lon
FROM locations AS l LEFT JOIN locations AS w ON w.id = l.within_id
WHERE 1 /*and*/
ORDER BY claims DESC, place;
