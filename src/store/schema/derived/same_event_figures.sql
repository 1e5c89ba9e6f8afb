-- Pairs of figures on one measure per event whose claims tell of one event, each way round.
CREATE VIEW same_event_figures AS
SELECT
  -- The figure.
  CAST(figure_id AS INTEGER) AS figure_id,
  -- The other figure.
  CAST(other_id AS INTEGER) AS other_id,
  -- 1 when a link says so; 0 when it is only likely, as their claims lie at one small place on the same days.
  CAST(max(is_linked) AS INTEGER) AS is_linked
FROM (
  SELECT x.id AS figure_id, y.id AS other_id, 1 AS is_linked
  FROM claim_links AS l JOIN figures AS x ON x.claim_id = l.from_id
  JOIN figures AS y ON y.claim_id = l.to_id AND y.measure_id = x.measure_id
  JOIN measures AS m ON m.id = x.measure_id
  WHERE l.relation = 'same_event' AND m.growth = 'per_event'
  UNION ALL
  SELECT x.id, y.id, 1
  FROM claim_links AS l JOIN figures AS x ON x.claim_id = l.to_id
  JOIN figures AS y ON y.claim_id = l.from_id AND y.measure_id = x.measure_id
  JOIN measures AS m ON m.id = x.measure_id
  WHERE l.relation = 'same_event' AND m.growth = 'per_event'
  UNION ALL
  -- CROSS keeps the order: few measures count per event, and of a claim's neighbours few hold such a figure.
  SELECT x.id, y.id, 0
  FROM measures AS m CROSS JOIN figures AS x CROSS JOIN claim_events AS e CROSS JOIN near_claims AS n
  CROSS JOIN figures AS y CROSS JOIN claim_events AS f
  WHERE m.growth = 'per_event' AND x.measure_id = m.id AND e.claim_id = x.claim_id
    AND e.is_placed = 1 AND e.is_dated = 1 AND n.claim_id = x.claim_id AND n.near_id <> x.claim_id
    AND y.claim_id = n.near_id AND y.measure_id = m.id AND f.claim_id = y.claim_id
    AND f.is_placed = 1 AND f.is_dated = 1 AND e.first_day <= f.last_day AND f.first_day <= e.last_day
    -- A list of incidents tells of different ones.
    AND NOT EXISTS (SELECT 1 FROM mentions AS a JOIN mentions AS b ON b.source_id = a.source_id
      WHERE a.claim_id = x.claim_id AND b.claim_id = y.claim_id)
) AS pair
GROUP BY figure_id, other_id;
