-- The next outdated claims with their mentions; a claim that nobody mentions has one row without a source. Nb. that a
-- mention of a damaged file may name no source, speaker or stance: who reads them passes over it.
SELECT o.claim_id, m.source_id, m.speaker_id, t.counts, m.stance = 'retracts' AS retracts
FROM (SELECT claim_id FROM outdated_claims WHERE claim_id > ?1 ORDER BY claim_id LIMIT ?2) AS o
LEFT JOIN mentions AS m ON m.claim_id = o.claim_id
LEFT JOIN stances AS t ON t.code = m.stance
ORDER BY o.claim_id;
