-- The mentions of claims.
SELECT m.claim_id, s.key AS source, p.key AS speaker, m.stance, t.label, t.counts, m.hedge, h.label AS hedged,
  m.locator, m.said_on, m.quote, m.note
FROM mentions AS m
JOIN sources AS s ON s.id = m.source_id
JOIN stances AS t ON t.code = m.stance
JOIN hedges AS h ON h.code = m.hedge
LEFT JOIN sources AS p ON p.id = m.speaker_id
WHERE m.claim_id > :after AND m.claim_id <= :last
ORDER BY m.claim_id, s.id, m.id;
