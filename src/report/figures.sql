-- title: All figures
-- question: Which numbers are stated, how exactly, and by whom?
-- column claim: Key of the claim that holds the figure.
-- column measure: What is counted.
-- column number: The number with how exact it is, its unit and its time.
-- column said: The number's own words, in the source's language.
-- column qualifier: How exact it is said to be.
-- column value: The number as stated; not stated when a range or words alone are.
-- column low: The lower end as stated.
-- column high: The upper end as stated.
-- column unit: The unit; not stated when things are simply counted.
-- column out_of: The number it is a part of, as stated; not stated where the claim of that number is withdrawn.
-- column as_of: The day or period it is given for (EDTF).
-- column status: The current verdict on the claim.
-- column origins: Independent origins of the claim.
-- column sources: The sources that mention the claim.
-- column speakers: Who says it there; not stated when the sources speak for themselves.
-- column lower: The least it can mean; not stated when that is open.
-- column upper: The most it can mean; not stated when that is open.
-- column assumed: 1 when a tolerance made a bound, else 0.
-- list sources: claim
-- list speakers: claim
-- show: claim, measure, number, sources
-- example: --where "value>100000" --order -value
-- example: --where measure=KEY
-- example: --where qualifier=at_least,over --chart
-- chart: intervals lower upper by claim per measure unit with said qualifier assumed as_of status origins
SELECT c.key AS claim, m.key AS measure, w.words AS number, f.said, f.qualifier, f.value, f.low, f.high,
  CAST(coalesce(f.unit, m.unit) AS TEXT) AS unit,
  -- Its type is as in figure_bounds.
  (SELECT n FROM (SELECT o.value AS n WHERE 1 = 0 UNION ALL
    SELECT CASE WHEN h.withdrawn IS NOT NULL THEN NULL WHEN o.value IS NOT NULL THEN o.value WHEN o.low IS NOT NULL THEN o.low ELSE o.high END) AS typed) AS out_of,
  f.as_of, c.status,
  cw.origins,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
    WHERE n.claim_id = c.id ORDER BY s.key) AS listed) AS TEXT) AS sources,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.speaker_id
    WHERE n.claim_id = c.id ORDER BY s.key) AS listed) AS TEXT) AS speakers,
  b.lower, b.upper, b.assumed
FROM figures AS f
JOIN figure_bounds AS b ON b.figure_id = f.id
JOIN figure_words AS w ON w.figure_id = f.id
JOIN claims AS c ON c.id = f.claim_id
JOIN claim_weights AS cw ON cw.claim_id = c.id
JOIN measures AS m ON m.id = f.measure_id
LEFT JOIN figures AS o ON o.id = f.out_of_id
LEFT JOIN claims AS h ON h.id = o.claim_id
WHERE c.withdrawn IS NULL
ORDER BY f.id
