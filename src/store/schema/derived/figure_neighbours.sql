-- Each figure with its neighbours on one measure, in one unit and, where it adds up, with one start: the thirty
-- before it and the thirty after it along time, by their first day, then by their last. There may be a hundred
-- thousand figures of one measure, so that all against all are never compared. What is counted per event has no
-- neighbours: same_event_figures pairs it.
CREATE VIEW figure_neighbours AS
SELECT
  -- The figure.
  a.figure_id,
  -- Its neighbour.
  b.figure_id AS near_id,
  -- The claim that holds the neighbour.
  b.claim_id,
  -- The place of that claim, as in kept_figures.
  b.place_id,
  -- The least that the neighbour can mean; NULL when nothing bounds it below.
  b.lower,
  -- The most that it can mean; NULL when nothing bounds it above.
  b.upper,
  -- 1 when it is more than lower, and not lower itself.
  b.lower_exclusive,
  -- 1 when it is less than upper, and not upper itself.
  b.upper_exclusive
-- CROSS keeps the order: of a hundred thousand figures of one measure, each reads its neighbours alone. A figure is
-- the first of the thirty-one on either side.
FROM kept_figures AS a CROSS JOIN kept_figures AS b
WHERE a.is_comparable = 1 AND (SELECT m.growth FROM measures AS m WHERE m.id = a.measure_id) <> 'per_event'
  AND b.measure_id = a.measure_id AND b.unit = a.unit AND b.since = a.since AND b.is_comparable = 1
  AND b.time_key >= coalesce((
    SELECT n.time_key FROM kept_figures AS n
    WHERE n.measure_id = a.measure_id AND n.unit = a.unit AND n.since = a.since AND n.is_comparable = 1 AND n.time_key <= a.time_key
    ORDER BY n.time_key DESC LIMIT 1 OFFSET 30), '')
  AND b.time_key <= coalesce((
    SELECT n.time_key FROM kept_figures AS n
    WHERE n.measure_id = a.measure_id AND n.unit = a.unit AND n.since = a.since AND n.is_comparable = 1 AND n.time_key >= a.time_key
    ORDER BY n.time_key LIMIT 1 OFFSET 30), '~')
  AND b.figure_id <> a.figure_id;
