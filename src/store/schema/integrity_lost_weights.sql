-- Claims without a kept row that are not noted as outdated: no view would have their weight.
SELECT c.key FROM claims AS c
WHERE c.id NOT IN (SELECT claim_id FROM kept_weights) AND c.id NOT IN (SELECT id FROM outdated_weights)
ORDER BY c.key;
