-- The views of reports that people made, in one of two archives.
(SELECT v.name, v.sql FROM :schema.sqlite_schema AS v
  WHERE v.type = 'view' AND v.name GLOB 'report_*'
    AND NOT EXISTS (SELECT 1 FROM :schema.reports AS p WHERE p.name = substr(v.name, 8) AND p.builtin = 1))
