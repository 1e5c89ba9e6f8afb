-- What a key in an equation stands for: the figure of that key or, where there is none, the figures
-- of the measure of that key, two of which are enough to see that it says too little.
SELECT f.key, coalesce(f.value, f.low, f.high) AS stated, coalesce(b.unit, '') AS unit,
  b.lower, b.upper, b.lower_exclusive, b.upper_exclusive, b.assumed, w.words,
  c.key AS claim, c.status, c.withdrawn
FROM figures AS f
JOIN figure_bounds AS b ON b.figure_id = f.id
JOIN figure_words AS w ON w.figure_id = f.id
JOIN claims AS c ON c.id = f.claim_id
WHERE f.id = ?1
UNION ALL
SELECT f.key, coalesce(f.value, f.low, f.high), coalesce(b.unit, ''),
  b.lower, b.upper, b.lower_exclusive, b.upper_exclusive, b.assumed, w.words,
  c.key, c.status, c.withdrawn
FROM figures AS f
JOIN figure_bounds AS b ON b.figure_id = f.id
JOIN figure_words AS w ON w.figure_id = f.id
JOIN claims AS c ON c.id = f.claim_id
WHERE ?1 IS NULL AND f.measure_id = (SELECT id FROM measures WHERE key = ?2)
  AND c.withdrawn IS NULL
LIMIT 2;
