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
  -- How its measure goes on: constant, level, cumulative or per_period.
  m.growth,
  -- The unit, empty when things are simply counted.
  CAST(coalesce(f.unit, m.unit, '') AS TEXT) AS unit,
  -- The number that stands in the source: the value, else the one end that is stated.
  CAST(coalesce(f.value, f.low, f.high) AS NUMERIC) AS stated,
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
  -- The day or period it is given for (EDTF); NULL when not stated.
  f.as_of,
  -- Since when a cumulative figure adds up: the first day of its own period, else of the measure's;
  -- empty when neither says.
  CAST(CASE WHEN m.growth = 'cumulative'
    THEN coalesce(CASE WHEN instr(f.as_of, '/') > 0 THEN d.earliest END, s.earliest, '') ELSE '' END AS TEXT) AS since,
  -- The first day it can be given for, empty when its measure never changes. A cumulative figure with a
  -- period is given for its end.
  CAST(CASE WHEN m.growth = 'constant' THEN '' WHEN m.growth = 'cumulative' AND instr(f.as_of, '/') > 0
    THEN d.latest ELSE d.earliest END AS TEXT) AS first_day,
  -- The last day it can be given for, empty when its measure never changes.
  CAST(CASE WHEN m.growth = 'constant' THEN '' ELSE d.latest END AS TEXT) AS last_day,
  -- Why it cannot be compared with any other; NULL when it can.
  CAST(CASE
    WHEN b.lower IS NULL AND b.upper IS NULL THEN 'no number is stated'
    WHEN m.growth = 'constant' THEN NULL
    WHEN f.as_of IS NULL THEN 'no as_of is stated, and the number changes with time'
    WHEN d.latest IS NULL OR (d.earliest IS NULL AND m.growth <> 'cumulative')
      THEN 'the time it is given for has no beginning or no end'
  END AS TEXT) AS hindrance
FROM figures AS f
JOIN claims AS c ON c.id = f.claim_id
JOIN measures AS m ON m.id = f.measure_id
JOIN figure_bounds AS b ON b.figure_id = f.id
LEFT JOIN dates AS d ON d.edtf = f.as_of
LEFT JOIN dates AS s ON s.edtf = m.starts
WHERE c.withdrawn IS NULL;
