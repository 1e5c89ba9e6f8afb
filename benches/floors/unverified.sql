-- Left out: the relation of a place, and which of several verdicts holds: the desk's is taken.
-- where claim: c.key = :key
-- where source: c.id IN (SELECT m.claim_id FROM mentions AS m JOIN sources AS s ON s.id = m.source_id WHERE s.key = :key)
-- where place: c.id IN (SELECT claim_id FROM claim_locations WHERE location_id IN (WITH RECURSIVE inside(id) AS (SELECT id FROM locations WHERE key = :key UNION SELECT l.id FROM inside JOIN locations AS l ON l.within_id = inside.id) SELECT id FROM inside))
-- where status: c.status = :key
SELECT c.key AS claim, c.text, c.status, d.key AS assessor, a.at, a.because, w.origins,
  (SELECT group_concat(l.key, ', ') FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
    WHERE cl.claim_id = c.id) AS places,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS sources
FROM claims AS c JOIN kept_weights AS w ON w.claim_id = c.id
LEFT JOIN sources AS d ON d.key = (SELECT desk FROM archive)
LEFT JOIN assessments AS a ON a.claim_id = c.id AND +a.assessor_id = d.id
WHERE c.status = 'unverified' AND c.withdrawn IS NULL /*and*/
ORDER BY c.id;
