-- Each figure with its neighbours on one measure, in one unit and, where it adds up, with one start: the thirty
-- before it and the thirty after it along time, by their first day, then by their last. There may be a hundred
-- thousand figures of one measure, so that all against all are never compared. What is counted per event has no
-- neighbours: same_event_figures pairs it.
CREATE VIEW figure_neighbours AS
SELECT
  -- The figure.
  a.figure_id,
  -- Its neighbour.
  b.figure_id AS near_id
-- CROSS keeps the order: of a hundred thousand figures of one measure, each reads its neighbours alone.
FROM kept_figures AS a CROSS JOIN kept_figures AS b
WHERE a.is_comparable = 1 AND (SELECT m.growth FROM measures AS m WHERE m.id = a.measure_id) <> 'per_event'
  AND b.figure_id IN (
  SELECT figure_id FROM (
    SELECT n.figure_id FROM kept_figures AS n
    WHERE n.measure_id = a.measure_id AND n.unit = a.unit AND n.since = a.since AND n.is_comparable = 1
      AND (n.first_day, n.last_day, n.figure_id) > (a.first_day, a.last_day, a.figure_id)
    ORDER BY n.first_day, n.last_day, n.figure_id LIMIT 30) AS later
  UNION ALL
  SELECT figure_id FROM (
    SELECT n.figure_id FROM kept_figures AS n
    WHERE n.measure_id = a.measure_id AND n.unit = a.unit AND n.since = a.since AND n.is_comparable = 1
      AND (n.first_day, n.last_day, n.figure_id) < (a.first_day, a.last_day, a.figure_id)
    ORDER BY n.first_day DESC, n.last_day DESC, n.figure_id DESC LIMIT 30) AS earlier);
