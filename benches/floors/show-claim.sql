-- Left out: the chain of sources and the outlets; the layout.
SELECT 'claim', c.key, c.text, c.kind, c.status, w.origins, c.happened FROM claims AS c JOIN kept_weights AS w ON w.claim_id = c.id WHERE c.key = :key;
SELECT cl.relation, l.key, l.name, l.kind FROM claims AS c JOIN claim_locations AS cl ON cl.claim_id = c.id JOIN locations AS l ON l.id = cl.location_id WHERE c.key = :key;
SELECT s.key, p.key, m.locator, m.stance, m.quote FROM claims AS c JOIN mentions AS m ON m.claim_id = c.id JOIN sources AS s ON s.id = m.source_id
  LEFT JOIN sources AS p ON p.id = m.speaker_id WHERE c.key = :key;
SELECT a.key, e.relation, b.key FROM claims AS c JOIN mentions AS m ON m.claim_id = c.id JOIN source_origins AS e ON e.source_id = m.source_id
  JOIN sources AS a ON a.id = e.source_id JOIN sources AS b ON b.id = e.origin_id WHERE c.key = :key;
SELECT ms.key, f.value, f.low, f.high, f.as_of FROM claims AS c JOIN figures AS f ON f.claim_id = c.id JOIN measures AS ms ON ms.id = f.measure_id WHERE c.key = :key;
SELECT a.at, s.title, a.status, a.because FROM claims AS c JOIN assessments AS a ON a.claim_id = c.id JOIN sources AS s ON s.id = a.assessor_id WHERE c.key = :key;
