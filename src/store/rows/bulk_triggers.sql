-- What is set aside during a bulk load: guards on new rows, notes for the search index and the kept weights, the upkeep
-- of kept figures, of claims.status and of versions row by row, and the three triggers that would look at each claim whose status is
-- brought up to date at the end.
SELECT name, sql, name IN ('claims_update_guard', 'claims_status_update_guard', 'claims_updated') AS late FROM sqlite_schema
WHERE type = 'trigger' AND tbl_name IN (SELECT name FROM bulk_since)
  AND (name GLOB '*_insert_guard' OR name GLOB '*_search_insert'
    OR name GLOB '*_insert_version' OR name GLOB '*_insert_weigh' OR name GLOB '*_insert_keep' OR name = 'sources_insert_works'
    OR name IN ('assessments_keep_status', 'claims_update_guard', 'claims_status_update_guard',
      'claims_updated'))
ORDER BY name;
