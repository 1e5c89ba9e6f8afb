-- Left out: the relation of a place.
-- where claim: c.key = :key
-- where place: c.id IN (SELECT claim_id FROM claim_locations WHERE location_id IN (WITH RECURSIVE inside(id) AS (SELECT id FROM locations WHERE key = :key UNION SELECT l.id FROM inside JOIN locations AS l ON l.within_id = inside.id) SELECT id FROM inside))
-- where status: c.status = :key
SELECT d.earliest, d.latest, c.happened, c.key AS claim, c.text, c.kind, c.status, w.origins,
  (SELECT group_concat(l.key, ', ') FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
    WHERE cl.claim_id = c.id) AS places
FROM claims AS c JOIN kept_weights AS w ON w.claim_id = c.id JOIN dates AS d ON d.edtf = c.happened
WHERE c.withdrawn IS NULL /*and*/
ORDER BY coalesce(d.earliest, d.latest), coalesce(d.latest, '9999-12-31'), c.id;
