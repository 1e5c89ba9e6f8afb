-- The keys of the claims that a source mentions, as a document or as a speaker.
SELECT w_c.key
FROM sources AS w_s JOIN mentions AS w_m ON w_m.source_id = w_s.id OR w_m.speaker_id = w_s.id
JOIN claims AS w_c ON w_c.id = w_m.claim_id
WHERE w_s.key = :key
