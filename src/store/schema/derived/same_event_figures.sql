-- Pairs of figures on one measure per event whose claims tell of one event, each way round: a link says so, or it is
-- likely, as the claims lie at one small place on the same days.
CREATE VIEW same_event_figures AS
SELECT
  -- The figure.
  x.id AS figure_id,
  -- The other figure.
  y.id AS other_id
FROM figures AS x
-- A list: claims may be linked and near, and near by several places.
CROSS JOIN figures AS y
WHERE y.id IN (
  SELECT z.id FROM claim_links AS l JOIN figures AS z ON z.claim_id = l.to_id
  WHERE l.from_id = x.claim_id AND l.relation = 'same_event' AND z.measure_id = x.measure_id
  UNION ALL
  SELECT z.id FROM claim_links AS l JOIN figures AS z ON z.claim_id = l.from_id
  WHERE l.to_id = x.claim_id AND l.relation = 'same_event' AND z.measure_id = x.measure_id
  UNION ALL
  -- CROSS keeps the order: of the claims near one few hold a figure on the measure.
  SELECT z.id
  FROM claim_events AS e CROSS JOIN claim_locations AS n CROSS JOIN figures AS z CROSS JOIN claim_events AS f
  WHERE e.claim_id = x.claim_id AND e.is_placed = 1 AND e.is_dated = 1
    -- At one of its places, at a place that holds one, or inside one.
    AND n.location_id IN (
      WITH RECURSIVE up(location_id) AS (
        SELECT p.location_id FROM claim_locations AS p WHERE p.claim_id = x.claim_id
        UNION
        SELECT l.within_id FROM up JOIN locations AS l ON l.id = up.location_id WHERE l.within_id IS NOT NULL
      ), down(location_id) AS (
        SELECT p.location_id FROM claim_locations AS p WHERE p.claim_id = x.claim_id
        UNION
        SELECT l.id FROM down JOIN locations AS l ON l.within_id = down.location_id
      )
      SELECT location_id FROM up UNION ALL SELECT location_id FROM down)
    AND n.claim_id <> x.claim_id AND z.claim_id = n.claim_id AND z.measure_id = x.measure_id AND f.claim_id = z.claim_id
    AND f.is_placed = 1 AND f.is_dated = 1 AND e.first_day <= f.last_day AND f.first_day <= e.last_day
    -- A list of incidents tells of different ones.
    AND NOT EXISTS (SELECT 1 FROM mentions AS a JOIN mentions AS b ON b.source_id = a.source_id
      WHERE a.claim_id = x.claim_id AND b.claim_id = z.claim_id))
  AND (SELECT m.growth FROM measures AS m WHERE m.id = x.measure_id) = 'per_event';
