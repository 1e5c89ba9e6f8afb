-- title: Dates that look wrong
-- question: Does a date lie in the future, in another calendar, or before what it is about, or is it a day where less is known?
-- weight: doubt
SELECT CAST(stated.table_name AS TEXT) AS table_name, CAST(stated.key AS TEXT) AS key, CAST(stated.words || stated.date || CASE
    WHEN d.earliest > CAST(CURRENT_DATE AS TEXT) AND d.earliest < '2400' THEN ', which is after today'
    WHEN d.latest < '0100' THEN ': is that a year of two digits?'
    ELSE ': is that year of another calendar?' END AS TEXT) AS finding
FROM (
  -- Each date, with the last year of which another calendar is likelier: books were printed after it.
  SELECT 'claims' AS table_name, key, happened AS date, 'it happened on ' AS words, '1500' AS until
  FROM claims WHERE withdrawn IS NULL AND kind NOT IN ('forecast', 'intention')
  UNION ALL SELECT 'sources', key, published, 'it was published on ', '1445' FROM sources
  UNION ALL SELECT 'measures', key, starts, 'it counts from ', '1500' FROM measures
  UNION ALL SELECT 'figures', f.key, f.as_of, 'it is as of ', '1500' FROM figures AS f JOIN claims AS c ON c.id = f.claim_id
  WHERE c.withdrawn IS NULL AND c.kind NOT IN ('forecast', 'intention')
  UNION ALL SELECT 'claims', c.key, m.said_on, s.key || ' said so on ', '1500'
  FROM mentions AS m JOIN claims AS c ON c.id = m.claim_id JOIN sources AS s ON s.id = m.source_id
  WHERE c.withdrawn IS NULL
) AS stated JOIN dates AS d ON d.edtf = stated.date
WHERE d.earliest > CAST(CURRENT_DATE AS TEXT) OR d.latest BETWEEN '1300' AND stated.until OR d.latest < '0100'
UNION ALL
-- A verdict in the future holds before any that is given until then.
SELECT 'claims', c.key, 'a verdict on it was given at ' || a.at || ', which is after today'
FROM assessments AS a JOIN claims AS c ON c.id = a.claim_id
WHERE a.at > CAST(CURRENT_DATE AS TEXT) || 'T23:59:59Z' AND c.withdrawn IS NULL
  AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id)
UNION ALL
SELECT 'sources', s.key, 'it was published on ' || s.published || ', and retrieved on ' || s.retrieved
FROM sources AS s JOIN dates AS d ON d.edtf = s.published JOIN dates AS e ON e.edtf = s.retrieved
WHERE e.latest < d.earliest
UNION ALL
-- Data sets state a day of the week or month that alone is known.
SELECT 'claims', c.key, 'it happened on ' || c.happened || ', a day, and its date_precision is ' || p.code
  || ' (' || p.label || ')'
FROM claims AS c JOIN date_precisions AS p ON p.code = c.date_precision JOIN dates AS d ON d.edtf = c.happened
WHERE c.date_precision > 1 AND d.earliest = d.latest AND c.withdrawn IS NULL
UNION ALL
-- A source cannot assert what had not happened; a forecast says so in its kind.
SELECT 'claims', c.key, 'it happened on ' || c.happened || ', and ' || s.key || ' said so on '
  || coalesce(m.said_on, s.published)
FROM claims AS c JOIN dates AS d ON d.edtf = c.happened
JOIN mentions AS m ON m.claim_id = c.id JOIN stances AS t ON t.code = m.stance AND t.counts = 1
JOIN sources AS s ON s.id = m.source_id
JOIN dates AS e ON e.edtf = coalesce(m.said_on, s.published)
WHERE c.withdrawn IS NULL AND c.kind NOT IN ('forecast', 'intention') AND e.latest < d.earliest
