-- Figures as stated and what they can mean, of some claims: those after one and up to another.
SELECT f.key, f.claim_id, c.key AS claim, m.key AS measure, m.title AS counts, w.words, f.said, b.unit, f.as_of,
  b.lower, b.upper, b.assumed, c.status, f.note,
  (SELECT group_concat(key, ' ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
    JOIN stances AS t ON t.code = n.stance WHERE n.claim_id = c.id AND t.counts = 1 ORDER BY s.key)) AS sources
FROM figures AS f
JOIN claims AS c ON c.id = f.claim_id
JOIN measures AS m ON m.id = f.measure_id
JOIN figure_bounds AS b ON b.figure_id = f.id
JOIN figure_words AS w ON w.figure_id = f.id
LEFT JOIN dates AS d ON d.edtf = f.as_of
WHERE f.claim_id > :after AND f.claim_id <= :last AND c.withdrawn IS NULL
ORDER BY d.earliest IS NULL, d.earliest, f.id;
