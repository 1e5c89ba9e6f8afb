-- The sources that state a claim, and the speakers in them.
SELECT s.key AS source, p.key AS speaker, m.stance, t.counts, m.locator,
  sk.is_named = 0 AS source_unnamed, pk.is_named = 0 AS speaker_unnamed
FROM mentions AS m
JOIN stances AS t ON t.code = m.stance
JOIN sources AS s ON s.id = m.source_id
JOIN source_kinds AS sk ON sk.code = s.kind
LEFT JOIN sources AS p ON p.id = m.speaker_id
LEFT JOIN source_kinds AS pk ON pk.code = p.kind
WHERE m.claim_id = (SELECT id FROM claims WHERE key = :key)
ORDER BY s.id, m.id;
