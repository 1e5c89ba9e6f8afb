-- Left out: the qualifier and the unit of the number in words, retold bounds, and the figure before it in a time that overlaps.
-- where claim: c.key = :key
-- where source: c.id IN (SELECT m.claim_id FROM mentions AS m JOIN sources AS s ON s.id = m.source_id WHERE s.key = :key)
-- where measure: m.key = :key
-- where status: c.status = :key
SELECT m.key AS measure, f.as_of, k.first_day, k.last_day, coalesce(f.value, f.low || ' to ' || f.high, f.low, f.high, '') || coalesce(', ' || f.as_of, '') AS number,
  k.lower, k.upper, 0 AS assumed,
  CASE WHEN k.lower > p.upper THEN 'up' WHEN k.upper < p.lower THEN 'down' WHEN p.figure_id > 0 THEN 'may be the same' END AS change,
  c.key AS claim, c.status, w.origins,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS sources,
  nullif(k.unit, '') AS unit
FROM kept_figures AS k JOIN figures AS f ON f.id = k.figure_id JOIN claims AS c ON c.id = k.claim_id
JOIN kept_weights AS w ON w.claim_id = c.id JOIN measures AS m ON m.id = k.measure_id
LEFT JOIN kept_figures AS p ON p.figure_id = (SELECT q.figure_id FROM kept_figures AS q
  WHERE q.measure_id = k.measure_id AND q.unit = k.unit AND q.since = k.since AND q.is_comparable = 1 AND q.first_day < k.first_day
  ORDER BY q.first_day DESC LIMIT 1)
WHERE 1 /*and*/
ORDER BY m.key, k.first_day, k.last_day, k.figure_id;
