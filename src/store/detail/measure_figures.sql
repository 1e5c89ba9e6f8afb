-- Every figure on a measure, as stated and what it can mean.
SELECT f.key AS figure, c.key AS claim, c.status, w.words AS number, f.said, f.qualifier, f.value, f.low, f.high, b.unit,
  f.as_of, b.lower, b.upper, b.assumed
FROM figures AS f
JOIN claims AS c ON c.id = f.claim_id
JOIN figure_bounds AS b ON b.figure_id = f.id
JOIN figure_words AS w ON w.figure_id = f.id
WHERE f.measure_id = (SELECT id FROM measures WHERE key = :key) AND c.withdrawn IS NULL
ORDER BY f.as_of IS NULL, f.as_of, f.id;
