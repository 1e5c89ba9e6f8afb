-- The claims that a source states, in its own voice or through speakers.
SELECT m.locator, c.key AS claim, c.status, m.stance, m.hedge, p.key AS speaker, c.text
FROM mentions AS m
JOIN claims AS c ON c.id = m.claim_id
LEFT JOIN sources AS p ON p.id = m.speaker_id
WHERE m.source_id = (SELECT id FROM sources WHERE key = :key) AND c.withdrawn IS NULL
ORDER BY m.id;
