-- The places of a claim.
SELECT cl.relation, l.key AS place, l.name, l.kind, cl.words, cl.note
FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
WHERE cl.claim_id = (SELECT id FROM claims WHERE key = :key)
ORDER BY cl.id;
