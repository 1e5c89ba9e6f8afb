-- What is needed to hold the number of a figure against words: those of the source and those of its claim.
-- A figure that is withdrawn with its claim is nobody's doubt.
SELECT f.key, f.value, f.low, f.high, f.qualifier, f.said, c.text,
  (SELECT count(1) FROM figures AS o WHERE o.claim_id = f.claim_id) AS siblings
FROM figures AS f JOIN claims AS c ON c.id = f.claim_id
WHERE c.withdrawn IS NULL AND (f.value IS NOT NULL OR f.low IS NOT NULL OR f.high IS NOT NULL)
ORDER BY f.key;
