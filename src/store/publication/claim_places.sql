-- The places of claims.
SELECT cl.claim_id, l.key AS place, r.label AS relation, r.counts_upward, cl.words
FROM claim_locations AS cl
JOIN locations AS l ON l.id = cl.location_id
JOIN place_relations AS r ON r.code = cl.relation
WHERE cl.claim_id > :after AND cl.claim_id <= :last
ORDER BY cl.claim_id, cl.id;
