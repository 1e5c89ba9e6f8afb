-- Left out: the relation of a place, the qualifier of a figure, and which of several verdicts holds: the desk's is taken.
-- where claim: c.key = :key
-- where source: c.id IN (SELECT m.claim_id FROM mentions AS m JOIN sources AS s ON s.id = m.source_id WHERE s.key = :key)
-- where place: c.id IN (SELECT claim_id FROM claim_locations WHERE location_id IN (WITH RECURSIVE inside(id) AS (SELECT id FROM locations WHERE key = :key UNION SELECT l.id FROM inside JOIN locations AS l ON l.within_id = inside.id) SELECT id FROM inside))
-- where status: c.status = :key
SELECT c.key AS claim, c.text, c.kind, c.status, a.credibility, a.claim_version <> c.version AS stale, w.origins, c.happened,
  (SELECT group_concat(l.key, ', ') FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
    WHERE cl.claim_id = c.id) AS places,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS sources,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.speaker_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS speakers,
  (SELECT group_concat(ms.key || ': ' || coalesce(f.value, f.low || ' to ' || f.high, f.low, f.high, ''), ', ')
    FROM figures AS f JOIN measures AS ms ON ms.id = f.measure_id WHERE f.claim_id = c.id) AS figures
FROM claims AS c JOIN kept_weights AS w ON w.claim_id = c.id
LEFT JOIN assessments AS a ON a.claim_id = c.id AND +a.assessor_id = (SELECT s.id FROM sources AS s JOIN archive AS r ON r.desk = s.key)
WHERE c.withdrawn IS NULL /*and*/
ORDER BY c.id;
