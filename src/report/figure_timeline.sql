-- title: Figures over time
-- question: How does each measured number change over time? (--where measure=KEY)
-- column measure: What is counted.
-- column as_of: The day or period it is given for (EDTF); not stated when the source gives none.
-- column first_day: The earliest day that can mean; where no time is stated, that of the claim or of its sources.
-- column last_day: The latest day that can mean.
-- column number: The number with how exact it is, its unit and its time.
-- column lower: The least it can mean; not stated when that is open.
-- column upper: The most it can mean; not stated when that is open.
-- column assumed: 1 when a tolerance made a bound, else 0.
-- column change: Against the figure before it, in the same unit: up, down, or may be the same.
-- column claim: Key of the claim that holds the figure.
-- column status: The current verdict on the claim.
-- column origins: Its independent origins.
-- column sources: The sources that mention it.
-- column unit: The unit; not stated when things are simply counted.
-- list sources: claim
-- order: measure, ...
-- show: measure, as_of, number, change, status
-- example: --where measure=KEY
-- example: --where "as_of=2021" --order measure
-- example: --where measure=KEY --chart
-- chart: intervals lower upper by claim per measure unit with number assumed status origins
SELECT m.key AS measure, f.as_of, d.earliest AS first_day, d.latest AS last_day, w.words AS number,
  f.lower, f.upper, f.assumed,
  CAST(CASE
    WHEN f.growth IN ('constant', 'per_period', 'per_event') OR p.figure_id IS NULL THEN NULL
    WHEN f.lower IS NULL AND f.upper IS NULL THEN NULL
    WHEN f.lower > p.upper OR (f.lower = p.upper AND (f.lower_exclusive = 1 OR p.upper_exclusive = 1)) THEN 'up'
    WHEN f.upper < p.lower OR (f.upper = p.lower AND (f.upper_exclusive = 1 OR p.lower_exclusive = 1)) THEN 'down'
    ELSE 'may be the same'
  END AS TEXT) AS change,
  c.key AS claim, c.status,
  cw.origins,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
    WHERE n.claim_id = c.id ORDER BY s.key) AS listed) AS TEXT) AS sources,
  CAST(nullif(f.unit, '') AS TEXT) AS unit
FROM comparable_figures AS f
JOIN claims AS c ON c.id = f.claim_id
JOIN claim_weights AS cw ON cw.claim_id = c.id
JOIN measures AS m ON m.id = f.measure_id
JOIN figure_words AS w ON w.figure_id = f.figure_id
LEFT JOIN dates AS d ON d.edtf = f.given_for
LEFT JOIN kept_figures AS p ON p.figure_id = (
  SELECT q.figure_id FROM kept_figures AS q
  WHERE q.measure_id = f.measure_id AND q.unit = f.unit AND q.since = f.since AND q.is_comparable = 1
    AND q.time_key < f.first_day AND q.last_day < f.first_day
  ORDER BY q.time_key DESC LIMIT 1)
ORDER BY m.key, coalesce(f.first_day, d.latest, '9999'), coalesce(f.last_day, '9999'), f.figure_id
