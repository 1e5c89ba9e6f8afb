-- Left out: the qualifier and the unit of the number in words, and the bounds that a tolerance makes: those kept are printed.
-- where claim: c.key = :key
-- where source: c.id IN (SELECT m.claim_id FROM mentions AS m JOIN sources AS s ON s.id = m.source_id WHERE s.key = :key)
-- where measure: m.key = :key
-- where status: c.status = :key
SELECT c.key AS claim, m.key AS measure, coalesce(f.value, f.low || ' to ' || f.high, f.low, f.high, '') || coalesce(', ' || f.as_of, '') AS number, f.said, f.qualifier,
  f.value, f.low, f.high, coalesce(f.unit, m.unit) AS unit, o.value AS out_of, f.as_of, c.status, w.origins,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS source,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.speaker_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS speaker,
  k.lower, k.upper, 0 AS assumed
FROM figures AS f JOIN kept_figures AS k ON k.figure_id = f.id JOIN claims AS c ON c.id = f.claim_id
JOIN kept_weights AS w ON w.claim_id = c.id JOIN measures AS m ON m.id = f.measure_id LEFT JOIN figures AS o ON o.id = f.out_of_id
WHERE c.withdrawn IS NULL /*and*/
ORDER BY f.id;
