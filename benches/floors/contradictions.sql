-- Left out: slips of digits, revisions, counts per event, links between claims of one event; the relation of a place.
-- where claim: :key IN (ca.key, cb.key)
-- where source: (ca.id IN (SELECT m.claim_id FROM mentions AS m JOIN sources AS s ON s.id = m.source_id WHERE s.key = :key) OR cb.id IN (SELECT m.claim_id FROM mentions AS m JOIN sources AS s ON s.id = m.source_id WHERE s.key = :key))
-- where place: (ca.id IN (SELECT claim_id FROM claim_locations WHERE location_id IN (WITH RECURSIVE inside(id) AS (SELECT id FROM locations WHERE key = :key UNION SELECT l.id FROM inside JOIN locations AS l ON l.within_id = inside.id) SELECT id FROM inside)) OR cb.id IN (SELECT claim_id FROM claim_locations WHERE location_id IN (WITH RECURSIVE inside(id) AS (SELECT id FROM locations WHERE key = :key UNION SELECT l.id FROM inside JOIN locations AS l ON l.within_id = inside.id) SELECT id FROM inside)))
-- and denied, claim: n.claim_id = (SELECT id FROM claims WHERE key = :key)
-- and measure, claim: k.measure_id IN (SELECT f.measure_id FROM figures AS f JOIN claims AS c ON c.id = f.claim_id WHERE c.key = :key)
-- where status: ca.status = :key
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
)
SELECT p.kind, p.relation, ca.key AS claim, ca.text, ca.status, wa.origins,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = ca.id ORDER BY s.key)) AS sources,
  cb.key AS other_claim, cb.text AS other_text, cb.status AS other_status, wb.origins AS other_origins,
  coalesce(p.deniers, (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = cb.id ORDER BY s.key))) AS other_sources,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT l.key FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
    WHERE cl.claim_id IN (ca.id, cb.id) ORDER BY l.key)) AS places,
  p.note
FROM (
  SELECT 'linked' AS kind, l.relation, l.from_id AS a_id, l.to_id AS b_id, NULL AS deniers, l.note
  FROM claim_links AS l JOIN link_relations AS r ON r.code = l.relation WHERE r.conflict = 1
  UNION ALL
  SELECT 'figures', 'conflict', a.claim_id, b.claim_id, NULL, m.key || ': ' || coalesce(a.value, a.low || ' to ' || a.high, a.low, a.high, '') || ' against ' || coalesce(b.value, b.low || ' to ' || b.high, b.low, b.high, '')
  FROM pairs AS p JOIN figures AS a ON a.id = p.figure_a JOIN figures AS b ON b.id = p.figure_b JOIN measures AS m ON m.id = a.measure_id
  UNION ALL
  SELECT 'denied', n.stance, n.claim_id, NULL, s.key, n.note
  FROM mentions AS n JOIN sources AS s ON s.id = n.source_id JOIN stances AS t ON t.code = n.stance WHERE t.counts = 0 /*and denied*/
) AS p
JOIN claims AS ca ON ca.id = p.a_id JOIN kept_weights AS wa ON wa.claim_id = ca.id
LEFT JOIN claims AS cb ON cb.id = p.b_id LEFT JOIN kept_weights AS wb ON wb.claim_id = cb.id
WHERE ca.withdrawn IS NULL AND cb.withdrawn IS NULL /*and*/
ORDER BY p.kind DESC, p.a_id, p.b_id;
