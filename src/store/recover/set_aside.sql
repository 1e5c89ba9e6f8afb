-- What is set aside while rows are salvaged: all triggers but the guards on new rows, which say why a row cannot stay,
-- and those that work out the days of a date. claims.status follows from the verdicts at the end.
SELECT name, sql FROM sqlite_schema
WHERE type = 'trigger' AND name <> 'dates_fill'
  AND (name NOT GLOB '*_insert_guard' OR name = 'claims_status_insert_guard')
ORDER BY name;
