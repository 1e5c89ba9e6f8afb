-- Pairs of figures on one measure per event whose claims tell of one event, each way round.
CREATE VIEW same_event_figures AS
SELECT
  -- The figure.
  x.id AS figure_id,
  -- The other figure.
  y.id AS other_id,
  -- 1 when a link says so; 0 when it is only likely, as their claims lie at one small place on the same days.
  CAST(CASE WHEN EXISTS (SELECT 1 FROM claim_links AS l WHERE l.relation = 'same_event'
      AND (l.from_id = x.claim_id AND l.to_id = y.claim_id OR l.from_id = y.claim_id AND l.to_id = x.claim_id))
    THEN 1 ELSE 0 END AS INTEGER) AS is_linked
FROM figures AS x
-- A list: claims may be linked and near, and near by several places. The measure lets a question for y find the others.
JOIN figures AS y ON y.measure_id = x.measure_id AND y.id IN (
  SELECT z.id FROM claim_links AS l JOIN figures AS z ON z.claim_id = l.to_id
  WHERE l.from_id = x.claim_id AND l.relation = 'same_event' AND z.measure_id = x.measure_id
  UNION ALL
  SELECT z.id FROM claim_links AS l JOIN figures AS z ON z.claim_id = l.from_id
  WHERE l.to_id = x.claim_id AND l.relation = 'same_event' AND z.measure_id = x.measure_id
  UNION ALL
  -- CROSS keeps the order: of a claim's neighbours few hold a figure on the measure.
  SELECT z.id
  FROM claim_events AS e CROSS JOIN near_claims AS n CROSS JOIN figures AS z CROSS JOIN claim_events AS f
  WHERE e.claim_id = x.claim_id AND e.is_placed = 1 AND e.is_dated = 1
    AND n.claim_id = x.claim_id AND n.near_id <> x.claim_id
    AND z.claim_id = n.near_id AND z.measure_id = x.measure_id AND f.claim_id = z.claim_id
    AND f.is_placed = 1 AND f.is_dated = 1 AND e.first_day <= f.last_day AND f.first_day <= e.last_day
    -- A list of incidents tells of different ones.
    AND NOT EXISTS (SELECT 1 FROM mentions AS a JOIN mentions AS b ON b.source_id = a.source_id
      WHERE a.claim_id = x.claim_id AND b.claim_id = z.claim_id))
WHERE (SELECT m.growth FROM measures AS m WHERE m.id = x.measure_id) = 'per_event';
