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
  CAST(coalesce(f.unit, m.unit, '') AS TEXT) AS unit,
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
  CAST(t.edtf AS TEXT) AS given_for,
  -- 1 when that time is not stated with the figure, but taken from its claim or its sources.
  CAST(CASE WHEN f.as_of IS NULL AND t.edtf IS NOT NULL AND m.growth <> 'per_event' THEN 1 ELSE 0 END AS INTEGER) AS time_assumed,
  -- Since when a cumulative figure adds up: the first day of its own period, else of the measure's;
  -- empty when neither says.
  CAST(CASE WHEN m.growth = 'cumulative'
    THEN coalesce(CASE WHEN instr(t.edtf, '/') > 0 THEN d.earliest END, s.earliest, '') ELSE '' END AS TEXT) AS since,
  -- The first day it can be given for, empty when its measure never changes. A cumulative figure with a
  -- period is given for its end.
  CAST(CASE WHEN m.growth IN ('constant', 'per_event') THEN '' WHEN m.growth = 'cumulative' AND instr(t.edtf, '/') > 0
    THEN d.latest ELSE d.earliest END AS TEXT) AS first_day,
  -- The last day it can be given for, empty when its measure never changes.
  CAST(CASE WHEN m.growth IN ('constant', 'per_event') THEN '' ELSE d.latest END AS TEXT) AS last_day,
  -- Why it cannot be compared with any other; NULL when it can.
  CAST(CASE
    WHEN b.lower IS NULL AND b.upper IS NULL THEN 'no number is stated'
    WHEN m.growth IN ('constant', 'per_event') THEN NULL
    WHEN t.edtf IS NULL THEN 'no as_of is stated, and the number changes with time'
    WHEN d.latest IS NULL OR (d.earliest IS NULL AND m.growth <> 'cumulative')
      THEN 'the time it is given for has no beginning or no end'
  END AS TEXT) AS hindrance
FROM figures AS f
JOIN claims AS c ON c.id = f.claim_id
JOIN measures AS m ON m.id = f.measure_id
JOIN figure_bounds AS b ON b.figure_id = f.id
LEFT JOIN (
  SELECT x.id AS figure_id, coalesce(x.as_of, CASE WHEN z.growth <> 'constant' THEN coalesce(y.happened, (
      SELECT coalesce(n.said_on, s.published)
      FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
      JOIN dates AS e ON e.edtf = coalesce(n.said_on, s.published)
      WHERE n.claim_id = x.claim_id AND e.earliest IS NOT NULL
      ORDER BY e.earliest, e.edtf LIMIT 1)) END) AS edtf
  FROM figures AS x JOIN claims AS y ON y.id = x.claim_id JOIN measures AS z ON z.id = x.measure_id
) AS t ON t.figure_id = f.id
LEFT JOIN dates AS d ON d.edtf = t.edtf
LEFT JOIN dates AS s ON s.edtf = m.starts
WHERE c.withdrawn IS NULL;
