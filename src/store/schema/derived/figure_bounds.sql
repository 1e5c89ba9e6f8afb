-- What a figure can mean at least and at most: the ends as stated, else the value with the
-- tolerance of its qualifier, else what the qualifier's word alone allows. A bound that nothing
-- gives stays NULL (open); it is never taken from the denominator.
-- A bound has its type from the first branch of its subquery, which gives no row: 350 stays a whole number, and
-- an engine in which NUMERIC alone has three decimals takes away none. SQLite keeps that type where the other
-- branch can only be a number: 0 + round(), and CASE for coalesce().
-- A tolerance is rounded to at most sixteen digits, which every version of SQLite rounds alike: of more, older ones
-- make another number in its last bit, and what one keeps is not what another works out.
CREATE VIEW figure_bounds AS
SELECT
  -- The figure.
  id AS figure_id,
  -- Its key.
  key,
  -- What it counts.
  measure_id,
  -- Its unit, else that of its measure; NULL when things are simply counted.
  unit,
  -- The day or period it is given for (EDTF); NULL when not stated.
  as_of,
  -- The least it can mean; NULL when nothing bounds it below.
  lower,
  -- The most it can mean; NULL when nothing bounds it above.
  upper,
  -- 1 when nothing bounds it below.
  CAST(CASE WHEN lower IS NULL THEN 1 ELSE 0 END AS INTEGER) AS lower_open,
  -- 1 when nothing bounds it above.
  CAST(CASE WHEN upper IS NULL THEN 1 ELSE 0 END AS INTEGER) AS upper_open,
  -- 1 when it is more than lower, and not lower itself: "over 50", also where 50 is stated as the lower
  -- end alone.
  CAST(CASE WHEN lower IS NOT NULL
    AND ((low IS NULL AND value IS NOT NULL) OR (low IS NOT NULL AND high IS NULL AND value IS NULL))
    THEN excludes_low ELSE 0 END AS INTEGER) AS lower_exclusive,
  -- 1 when it is less than upper, and not upper itself: "under 50".
  CAST(CASE WHEN upper IS NOT NULL
    AND ((high IS NULL AND value IS NOT NULL) OR (high IS NOT NULL AND low IS NULL AND value IS NULL))
    THEN excludes_high ELSE 0 END AS INTEGER) AS upper_exclusive,
  -- 1 when a tolerance of the qualifier, not the source, made one of the bounds.
  CAST(CASE WHEN (lower IS NOT NULL AND low IS NULL AND (value IS NULL OR lower <> value) AND code <> 'none')
    OR (upper IS NOT NULL AND high IS NULL AND (value IS NULL OR upper <> value) AND code <> 'none')
    THEN 1 ELSE 0 END AS INTEGER) AS assumed
FROM (
  SELECT f.id, f.key, f.measure_id, CAST(coalesce(f.unit, m.unit) AS TEXT) AS unit, f.as_of, f.value, f.low, f.high,
    q.code, q.excludes_low, q.excludes_high,
    (SELECT n FROM (SELECT f.value AS n WHERE 1 = 0 UNION ALL SELECT CASE
      WHEN f.low IS NOT NULL THEN f.low
      WHEN q.below_factor > 0 AND abs(f.value) >= 0.001 AND abs(f.value) < 1000 THEN 0 + round(f.value - abs(f.value) * q.below_factor - q.below_absolute, 12)
      WHEN q.below_factor > 0 AND abs(f.value) >= 1000 AND abs(f.value) < 1000000000 THEN 0 + round(f.value - abs(f.value) * q.below_factor - q.below_absolute, 6)
      WHEN f.value IS NOT NULL THEN f.value - abs(f.value) * q.below_factor - q.below_absolute
      WHEN f.high IS NULL THEN q.least
    END) AS typed) AS lower,
    (SELECT n FROM (SELECT f.value AS n WHERE 1 = 0 UNION ALL SELECT CASE
      WHEN f.high IS NOT NULL THEN f.high
      WHEN q.above_factor > 0 AND abs(f.value) >= 0.001 AND abs(f.value) < 1000 THEN 0 + round(f.value + abs(f.value) * q.above_factor + q.above_absolute, 12)
      WHEN q.above_factor > 0 AND abs(f.value) >= 1000 AND abs(f.value) < 1000000000 THEN 0 + round(f.value + abs(f.value) * q.above_factor + q.above_absolute, 6)
      WHEN f.value IS NOT NULL THEN f.value + abs(f.value) * q.above_factor + q.above_absolute
      WHEN f.low IS NULL THEN q.most
    END) AS typed) AS upper
  FROM figures AS f
  JOIN measures AS m ON m.id = f.measure_id
  JOIN qualifiers AS q ON q.code = f.qualifier
) AS stated;
