-- The triggers that write revisions and raise versions, to be set aside while an export restores its own.
SELECT name, sql FROM sqlite_schema
WHERE type = 'trigger' AND (name GLOB '*_updated' OR name GLOB '*_deleted' OR name GLOB '*_version')
ORDER BY name;
