-- Every figure of a claim that was not withdrawn, with what has to be known before it is compared:
-- its unit, its bounds, the days it is given for and, where it adds up, since when.
CREATE VIEW comparable_figures AS
SELECT
  -- The figure.
  f.id AS figure_id,
  -- Its key.
  f.key,
  -- The claim that holds it.
  f.claim_id,
  -- What it counts.
  f.measure_id,
  -- How its measure goes on: constant, level, cumulative, per_period or per_event.
  m.growth,
  -- The unit, empty when things are simply counted.
  k.unit,
  -- The number that stands in the source: the value, else the one end that is stated. Its type is as in
  -- figure_bounds.
  (SELECT n FROM (SELECT f.value AS n WHERE 1 = 0 UNION ALL
    SELECT CASE WHEN f.value IS NOT NULL THEN f.value WHEN f.low IS NOT NULL THEN f.low ELSE f.high END) AS typed) AS stated,
  -- The least it can mean; NULL when nothing bounds it below.
  b.lower,
  -- The most it can mean; NULL when nothing bounds it above.
  b.upper,
  -- 1 when it is more than lower, and not lower itself ("more than").
  b.lower_exclusive,
  -- 1 when it is less than upper, and not upper itself ("less than").
  b.upper_exclusive,
  -- 1 when a tolerance of the qualifier, not the source, made one of the bounds.
  b.assumed,
  -- The day or period it is stated for (EDTF); NULL when not stated.
  f.as_of,
  -- The time it is compared for (EDTF): as stated, else when the claim says that it happened, else the day
  -- that a source first said it or was published; NULL when nothing says.
  k.given_for,
  -- 1 when that time is not stated with the figure, but taken from its claim or its sources.
  k.time_assumed,
  -- Since when a cumulative figure adds up: the first day of its own period, else of the measure's;
  -- empty when neither says.
  k.since,
  -- The first day it can be given for, empty when its measure never changes. A cumulative figure with a
  -- period is given for its end.
  k.first_day,
  -- The last day it can be given for, empty when its measure never changes.
  k.last_day,
  -- Why it cannot be compared with any other; NULL when it can.
  CAST(CASE
    WHEN k.is_comparable = 1 THEN NULL
    WHEN k.lower IS NULL AND k.upper IS NULL THEN 'no number is stated'
    WHEN k.given_for IS NULL THEN 'no as_of is stated, and the number changes with time'
    ELSE 'the time it is given for has no beginning or no end'
  END AS TEXT) AS hindrance
FROM kept_figures AS k
JOIN figures AS f ON f.id = k.figure_id
JOIN measures AS m ON m.id = k.measure_id
JOIN figure_bounds AS b ON b.figure_id = k.figure_id;
