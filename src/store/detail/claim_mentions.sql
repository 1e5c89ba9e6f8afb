-- The mentions of a claim, each with its locator and hedge, and a speaker with the bodies it speaks for.
SELECT s.key AS source, p.key AS speaker,
  (SELECT group_concat(b.key, ', ') FROM source_origins AS e JOIN sources AS b ON b.id = e.origin_id
    WHERE e.source_id = p.id AND e.relation = 'speaks_for') AS "for",
  m.stance, m.hedge, m.locator, m.said_on, m.quote, m.note
FROM mentions AS m
JOIN sources AS s ON s.id = m.source_id
LEFT JOIN sources AS p ON p.id = m.speaker_id
WHERE m.claim_id = (SELECT id FROM claims WHERE key = :key)
ORDER BY m.id;
