-- What each figure of a claim that was not withdrawn is compared by, worked out from its claim, its measure and
-- its sources. The rows of kept_figures are these.
CREATE VIEW computed_figures AS
SELECT
  -- The figure.
  f.id AS figure_id,
  -- The claim that holds it.
  f.claim_id,
  -- What it counts.
  f.measure_id,
  -- The unit, empty when things are simply counted.
  f.unit,
  -- Since when a cumulative figure adds up: the first day of its own period, else of the measure's;
  -- empty when neither says.
  CAST(f.since AS TEXT) AS since,
  -- The first day it can be given for, empty when its measure never changes. A cumulative figure with a
  -- period is given for its end.
  CAST(f.first_day AS TEXT) AS first_day,
  -- The last day it can be given for, empty when its measure never changes.
  CAST(f.last_day AS TEXT) AS last_day,
  -- The time it is compared for (EDTF): as stated, else when the claim says that it happened, else the day
  -- that a source first said it or was published; NULL when nothing says.
  CAST(f.edtf AS TEXT) AS given_for,
  -- 1 when that time is not stated with the figure, but taken from its claim or its sources.
  CAST(CASE WHEN f.as_of IS NULL AND f.edtf IS NOT NULL AND f.growth <> 'per_event' THEN 1 ELSE 0 END AS INTEGER) AS time_assumed,
  -- The least it can mean; NULL when nothing bounds it below.
  b.lower,
  -- The most it can mean; NULL when nothing bounds it above.
  b.upper,
  -- 1 when it is more than lower, and not lower itself ("more than").
  b.lower_exclusive,
  -- 1 when it is less than upper, and not upper itself ("less than").
  b.upper_exclusive,
  -- 1 when it can be compared with others; comparable_figures says why another cannot.
  CAST(CASE
    WHEN b.lower IS NULL AND b.upper IS NULL THEN 0
    WHEN f.growth IN ('constant', 'per_event') THEN 1
    WHEN f.latest IS NULL OR (f.earliest IS NULL AND f.growth <> 'cumulative') THEN 0
    ELSE 1
  END AS INTEGER) AS is_comparable,
  -- The place of its claim, where that sets it apart from all others: it is the only place of the claim, no larger than a
  -- district, and holds no other place, and no link says that the claim tells of the same event as another; else NULL.
  CAST((SELECT CASE WHEN count(1) = 1 THEN max(CASE WHEN k.event_scale = 1 AND cl.relation IN ('at', 'within')
      AND NOT EXISTS (SELECT 1 FROM locations AS i WHERE i.within_id = l.id) THEN l.id END) END
    FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id JOIN location_kinds AS k ON k.code = l.kind
    WHERE cl.claim_id = f.claim_id
      AND NOT EXISTS (SELECT 1 FROM claim_links AS e WHERE e.relation = 'same_event' AND e.from_id = f.claim_id)
      AND NOT EXISTS (SELECT 1 FROM claim_links AS e WHERE e.relation = 'same_event' AND e.to_id = f.claim_id)) AS INTEGER) AS place_id,
  -- Its first day, its last day, and its id behind the number of its digits, as one text that sorts as the three do;
  -- NULL where a day is.
  CAST(f.first_day || ' ' || f.last_day || ' ' || (10 + length(CAST(f.id AS TEXT))) || f.id AS TEXT) AS time_key,
  -- The digits of the number that is stated, with three decimals and without the point; NULL when none is stated.
  CAST(CASE WHEN f.stated IS NOT NULL THEN replace(printf('%.3f', f.stated), '.', '') END AS TEXT) AS digits,
  -- 1 when its claim is placed, and no place of it is larger than a district; else 0, and its places do not tell apart the
  -- event that it counts from others.
  CAST((SELECT e.is_placed FROM claim_events AS e WHERE e.claim_id = f.claim_id) AS INTEGER) AS is_placed,
  -- The number that is stated, in floating point: the value, else the one end that is stated; NULL when none is.
  CAST(f.stated AS DOUBLE PRECISION) AS stated,
  -- The figure that it is a part of; NULL when it is stated as a part of none.
  f.out_of_id
FROM (
  SELECT g.*, d.earliest, d.latest,
    CASE WHEN g.growth = 'cumulative'
      THEN coalesce(CASE WHEN instr(g.edtf, '/') > 0 THEN d.earliest END, s.earliest, '') ELSE '' END AS since,
    CASE WHEN g.growth IN ('constant', 'per_event') THEN '' WHEN g.growth = 'cumulative' AND instr(g.edtf, '/') > 0
      THEN d.latest ELSE d.earliest END AS first_day,
    CASE WHEN g.growth IN ('constant', 'per_event') THEN '' ELSE d.latest END AS last_day
  FROM (
    SELECT x.id, x.claim_id, x.measure_id, x.as_of, x.out_of_id, CASE WHEN x.value IS NOT NULL THEN CAST(x.value AS DOUBLE PRECISION)
        WHEN x.low IS NOT NULL THEN CAST(x.low AS DOUBLE PRECISION) ELSE CAST(x.high AS DOUBLE PRECISION) END AS stated,
      m.growth, m.starts, CAST(coalesce(x.unit, m.unit, '') AS TEXT) AS unit,
      coalesce(x.as_of, CASE WHEN m.growth <> 'constant' THEN coalesce(c.happened, (
        SELECT coalesce(n.said_on, o.published)
        FROM mentions AS n JOIN sources AS o ON o.id = n.source_id
        JOIN dates AS e ON e.edtf = coalesce(n.said_on, o.published)
        WHERE n.claim_id = x.claim_id AND e.earliest IS NOT NULL
        ORDER BY e.earliest, e.edtf LIMIT 1)) END) AS edtf
    FROM figures AS x JOIN claims AS c ON c.id = x.claim_id JOIN measures AS m ON m.id = x.measure_id
    WHERE c.withdrawn IS NULL
  ) AS g
  LEFT JOIN dates AS d ON d.edtf = g.edtf
  LEFT JOIN dates AS s ON s.edtf = g.starts
) AS f
JOIN figure_bounds AS b ON b.figure_id = f.id;
