-- title: Dates that look wrong
-- question: Does a date lie in the future, in another calendar, or before what it is about?
-- weight: doubt
SELECT CAST('claims' AS TEXT) AS table_name, c.key, CAST(CASE
    WHEN d.earliest > strftime('%Y-%m-%d', 'now') AND d.earliest < '2400'
      THEN 'it happened on ' || c.happened || ', which is after today'
    ELSE 'it happened on ' || c.happened || ': is that year of another calendar?' END AS TEXT) AS finding
FROM claims AS c JOIN dates AS d ON d.edtf = c.happened
WHERE c.withdrawn IS NULL AND c.kind NOT IN ('forecast', 'intention')
  AND (d.earliest > strftime('%Y-%m-%d', 'now') OR d.latest BETWEEN '1300' AND '1500')
UNION ALL
SELECT 'sources', s.key, 'it was published on ' || s.published || CASE
    WHEN d.earliest > strftime('%Y-%m-%d', 'now') AND d.earliest < '2400' THEN ', which is after today'
    ELSE ': is that year of another calendar?' END
FROM sources AS s JOIN dates AS d ON d.edtf = s.published
WHERE d.earliest > strftime('%Y-%m-%d', 'now') OR d.latest BETWEEN '1300' AND '1445'
UNION ALL
-- A source cannot assert what had not happened; a forecast says so in its kind.
SELECT 'claims', c.key, 'it happened on ' || c.happened || ', and ' || s.key || ' said so on '
  || coalesce(m.said_on, s.published)
FROM claims AS c JOIN dates AS d ON d.edtf = c.happened
JOIN mentions AS m ON m.claim_id = c.id JOIN stances AS t ON t.code = m.stance AND t.counts = 1
JOIN sources AS s ON s.id = m.source_id
JOIN dates AS e ON e.edtf = coalesce(m.said_on, s.published)
WHERE c.withdrawn IS NULL AND c.kind NOT IN ('forecast', 'intention') AND e.latest < d.earliest
