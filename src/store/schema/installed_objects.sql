-- Triggers and views of a file, but its reports: those that are shipped are picked by name.
SELECT name, type, 0 AS report FROM sqlite_schema
WHERE type IN ('trigger', 'view') AND name NOT GLOB 'report_*';
