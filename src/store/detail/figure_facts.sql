-- A figure as stated, and what it can mean.
SELECT c.key AS claim, c.text, c.status, m.key AS measure, m.title AS counts, w.words AS number, f.said, f.qualifier,
  f.value, f.low, f.high, b.unit, o.key AS out_of, f.as_of, b.lower, b.upper, b.assumed, f.note
FROM figures AS f
JOIN claims AS c ON c.id = f.claim_id
JOIN measures AS m ON m.id = f.measure_id
JOIN figure_bounds AS b ON b.figure_id = f.id
JOIN figure_words AS w ON w.figure_id = f.id
LEFT JOIN figures AS o ON o.id = f.out_of_id
WHERE f.key = :key;
