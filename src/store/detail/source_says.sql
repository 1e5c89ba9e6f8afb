-- The claims that a party states in other sources.
SELECT s.key AS source, m.locator, c.key AS claim, c.status, m.stance, m.hedge, c.text
FROM mentions AS m
JOIN claims AS c ON c.id = m.claim_id
JOIN sources AS s ON s.id = m.source_id
WHERE m.speaker_id = (SELECT id FROM sources WHERE key = :key) AND c.withdrawn IS NULL
ORDER BY m.id;
