-- The views are the reports; the table only describes them. So a view that somebody made in
-- another tool is a report too, with nothing said about it.
SELECT substr(v.name, 8) AS name, r.title, r.question, r.chart,
  coalesce(r.builtin, 0) AS builtin, v.sql
FROM sqlite_schema AS v
LEFT JOIN reports AS r ON r.name = substr(v.name, 8)
WHERE v.type = 'view' AND v.name GLOB 'report_*'
ORDER BY builtin DESC, v.name;
