-- The reports whose view is there, with what their headers say.
SELECT v.name AS view, coalesce(r.question, r.title) AS meaning, r.columns
FROM reports AS r JOIN sqlite_schema AS v ON v.type = 'view' AND v.name = 'report_' || r.name
ORDER BY r.id;
