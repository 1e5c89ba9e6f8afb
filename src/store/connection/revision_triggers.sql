-- The triggers that write revisions, to be set aside while an export restores its own history.
SELECT name, sql FROM sqlite_schema
WHERE type = 'trigger' AND (name GLOB '*_updated' OR name GLOB '*_deleted')
ORDER BY name;
