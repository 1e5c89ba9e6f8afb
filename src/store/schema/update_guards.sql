-- The triggers to be set aside while texts are put in place of what is the same text in another encoding: those that
-- refuse updates, and those that write revisions and raise versions.
SELECT name, sql FROM sqlite_schema
WHERE type = 'trigger' AND (name GLOB '*_guard' AND sql LIKE '%BEFORE UPDATE%'
  OR name GLOB '*_updated' OR name GLOB '*_deleted' OR name GLOB '*_version')
ORDER BY name;
