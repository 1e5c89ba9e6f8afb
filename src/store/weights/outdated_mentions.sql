-- The next outdated claims with their mentions; a claim that nobody mentions has one row without a source. A
-- mention of a damaged file that names no source, speaker or stance is a finding of check, and stops no command.
-- Nb. + has SQLite read the mentions of a claim, and not look for one of every source.
SELECT o.claim_id, m.source_id, m.speaker_id, t.counts, m.stance = 'retracts' AS retracts
FROM (SELECT claim_id FROM outdated_claims WHERE claim_id > ?1 ORDER BY claim_id LIMIT ?2) AS o
LEFT JOIN mentions AS m ON m.claim_id = o.claim_id AND +m.source_id IN (SELECT id FROM sources)
  AND (m.speaker_id IS NULL OR m.speaker_id IN (SELECT id FROM sources)) AND +m.stance IN (SELECT code FROM stances)
LEFT JOIN stances AS t ON t.code = m.stance
ORDER BY o.claim_id;
