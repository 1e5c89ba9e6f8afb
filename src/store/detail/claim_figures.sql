-- The figures of a claim as stated, and what they can mean at least and at most. A whole is not said where its claim
-- is withdrawn.
SELECT f.key AS figure, m.key AS measure, w.words AS number, f.said, f.qualifier, f.value, f.low, f.high, b.unit,
  CASE WHEN c.withdrawn IS NULL THEN coalesce(o.value, o.low, o.high) END AS out_of, f.as_of, b.lower, b.upper, b.assumed, f.note
FROM figures AS f
JOIN measures AS m ON m.id = f.measure_id
JOIN figure_bounds AS b ON b.figure_id = f.id
JOIN figure_words AS w ON w.figure_id = f.id
LEFT JOIN figures AS o ON o.id = f.out_of_id
LEFT JOIN claims AS c ON c.id = o.claim_id
WHERE f.claim_id = (SELECT id FROM claims WHERE key = :key)
ORDER BY f.id;
