-- Each figure that can be compared, with the part of time that it is compared within: from the thirtieth before it to the
-- thirtieth after it on its measure, in its unit and, where it adds up, with its start, by the first day and then by the
-- last. There may be a hundred thousand figures of one measure, so that all against all are never compared. What is counted
-- per event is not compared along time: same_event_figures pairs it.
CREATE VIEW figure_windows AS
SELECT
  -- The figure.
  a.figure_id,
  -- The claim that holds it.
  a.claim_id,
  -- What it counts.
  a.measure_id,
  -- The unit, empty when things are simply counted.
  a.unit,
  -- Since when a cumulative figure adds up; empty when nothing says, and for other measures.
  a.since,
  -- The first day it can be given for, empty when its measure never changes.
  a.first_day,
  -- The last day it can be given for, empty when its measure never changes.
  a.last_day,
  -- 1 when its time is not stated with the figure, but taken from its claim or its sources.
  a.time_assumed,
  -- The least it can mean; NULL when nothing bounds it below.
  a.lower,
  -- The most it can mean; NULL when nothing bounds it above.
  a.upper,
  -- 1 when it is more than lower, and not lower itself.
  a.lower_exclusive,
  -- 1 when it is less than upper, and not upper itself.
  a.upper_exclusive,
  -- The place of its claim, where that sets it apart from all others, as in kept_figures.
  a.place_id,
  -- 1 when its claim is placed, and no place of it is larger than a district; else 0.
  a.is_placed,
  -- The number that is stated, in floating point; NULL when none is.
  a.stated,
  -- The digits of that number, as in kept_figures.
  a.digits,
  -- The figure that it is a part of; NULL when it is stated as a part of none.
  a.out_of_id,
  -- The time_key of the thirtieth before it; empty when there are fewer. The figure is the first of thirty-one.
  CAST(coalesce((
    SELECT n.time_key FROM kept_figures AS n
    WHERE n.measure_id = a.measure_id AND n.unit = a.unit AND n.since = a.since AND n.is_comparable = 1 AND n.time_key <= a.time_key
    ORDER BY n.time_key DESC LIMIT 1 OFFSET 30), '') AS TEXT) AS from_key,
  -- The time_key of the thirtieth after it; ~, which comes after every day, when there are fewer.
  CAST(coalesce((
    SELECT n.time_key FROM kept_figures AS n
    WHERE n.measure_id = a.measure_id AND n.unit = a.unit AND n.since = a.since AND n.is_comparable = 1 AND n.time_key >= a.time_key
    ORDER BY n.time_key LIMIT 1 OFFSET 30), '~') AS TEXT) AS to_key
FROM kept_figures AS a
WHERE a.is_comparable = 1;
