-- Left out: claims that are stale or due, the evidence and links of a disputed claim, the number with which a figure
-- disagrees, and the reason in full.
-- where claim: c.key = :key
-- and measure, claim: k.measure_id IN (SELECT f.measure_id FROM figures AS f JOIN claims AS c ON c.id = f.claim_id WHERE c.key = :key)
-- where status: c.status = :key
WITH numbered AS MATERIALIZED (
  SELECT k.*, m.growth, row_number() OVER (PARTITION BY k.measure_id, k.unit, k.since ORDER BY k.first_day, k.last_day, k.figure_id) AS place,
    -- The place of its claim that is no larger than a district.
    (SELECT min(l.id) FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id JOIN location_kinds AS s ON s.code = l.kind
      WHERE cl.claim_id = k.claim_id AND s.event_scale = 1) AS small_id
  FROM kept_figures AS k JOIN measures AS m ON m.id = k.measure_id
  WHERE k.is_comparable = 1 /*and measure*/
), nearby(n) AS (
  SELECT 1 UNION ALL SELECT n + 1 FROM nearby WHERE n < 30
), pairs AS MATERIALIZED (
  SELECT CASE WHEN a.upper < b.lower THEN a.figure_id ELSE b.figure_id END AS figure_a,
    CASE WHEN a.upper < b.lower THEN b.figure_id ELSE a.figure_id END AS figure_b
  FROM numbered AS a CROSS JOIN nearby AS n CROSS JOIN numbered AS b
  WHERE b.measure_id = a.measure_id AND b.unit = a.unit AND b.since = a.since AND b.place = a.place + n.n
    AND (a.upper < b.lower OR b.upper < a.lower)
    AND (a.growth = 'constant' OR a.first_day = b.first_day AND a.last_day = b.last_day
      OR a.growth = 'level' AND a.first_day <= b.last_day AND b.first_day <= a.last_day
      OR a.growth = 'cumulative' AND b.upper < a.lower AND b.first_day >= a.last_day)
    AND (a.small_id IS NULL OR b.small_id IS NULL OR a.small_id = b.small_id)
), disagreeing AS (
  SELECT DISTINCT f.claim_id FROM pairs AS p JOIN figures AS f ON f.id IN (p.figure_a, p.figure_b)
), judged AS (
  SELECT c.id, c.key, c.text, c.status, w.origins, CASE
    WHEN w.took_back > 0 AND w.took_back = w.origins THEN 'taken back'
    WHEN c.status IN ('unassessed', 'reported', 'corroborated') AND w.denials > 0 THEN 'denied'
    WHEN c.status IN ('unassessed', 'reported', 'corroborated') AND d.claim_id IS NOT NULL THEN 'disagrees'
    WHEN c.status = 'corroborated' AND w.origins - w.unnamed + (w.unnamed > 0) < 2 THEN 'too few'
    WHEN c.status IN ('unassessed', 'reported') AND w.origins - w.unnamed + (w.unnamed > 0) > 1 THEN 'enough'
    WHEN c.status = 'disputed' AND w.denials = 0 AND d.claim_id IS NULL THEN 'no dispute'
    END AS why
  FROM claims AS c JOIN kept_weights AS w ON w.claim_id = c.id LEFT JOIN disagreeing AS d ON d.claim_id = c.id
  WHERE c.withdrawn IS NULL /*and*/
)
SELECT c.key AS claim, c.text, c.status, c.why AS suggests, c.why || ': ' || coalesce((SELECT group_concat(s.key, ', ') FROM kept_origins AS o JOIN sources AS s ON s.id = o.origin_id WHERE o.claim_id = c.id), '') AS why,
  NULL AS due_latest, c.origins, 'onrecord assess ' || c.key || ' --because ''…''' AS command
FROM judged AS c WHERE c.why IS NOT NULL
ORDER BY c.why, c.id;
