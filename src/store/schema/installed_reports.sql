-- The reports that a program put into the file, also those that this one no longer has.
SELECT v.name, v.type, 1 AS report
FROM reports AS r JOIN sqlite_schema AS v ON v.type = 'view' AND v.name = 'report_' || r.name
WHERE r.builtin = 1;
