-- Left out: nothing.
-- where claim: c.key = :key
-- where source: c.id IN (SELECT m.claim_id FROM mentions AS m JOIN sources AS s ON s.id = m.source_id WHERE s.key = :key)
-- where place: p.key = :key
-- where status: c.status = :key
WITH RECURSIVE holds(place_id, inner_id) AS (
  SELECT id, id FROM locations UNION SELECT h.place_id, l.id FROM holds AS h JOIN locations AS l ON l.within_id = h.inner_id
)
SELECT p.key AS place, c.key AS claim, c.text, l.key AS said_of, cl.relation, c.happened, c.status, w.origins,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS sources
FROM holds AS h JOIN locations AS p ON p.id = h.place_id JOIN locations AS l ON l.id = h.inner_id
JOIN claim_locations AS cl ON cl.location_id = l.id JOIN place_relations AS r ON r.code = cl.relation
JOIN claims AS c ON c.id = cl.claim_id JOIN kept_weights AS w ON w.claim_id = c.id
WHERE (r.counts_upward = 1 OR p.id = l.id) AND c.withdrawn IS NULL /*and*/
ORDER BY p.key, c.id, l.key;
