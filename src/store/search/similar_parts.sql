-- Places and whole numbers of a claim, as words to compare.
SELECT l.key AS word, 1 AS is_place
FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
WHERE cl.claim_id = ?1
UNION ALL
SELECT CAST(CAST(coalesce(f.value, f.low, f.high) AS INTEGER) AS TEXT), 0
FROM figures AS f
WHERE f.claim_id = ?1 AND coalesce(f.value, f.low, f.high) = CAST(coalesce(f.value, f.low, f.high) AS INTEGER);
