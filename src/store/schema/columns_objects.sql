-- The tables and views of the archive: those that people read first, then the program's own. What
-- SQLite keeps below an index of words is left out.
SELECT name, type FROM sqlite_schema
WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*'
  AND name NOT GLOB '*_fts_data' AND name NOT GLOB '*_fts_idx' AND name NOT GLOB '*_fts_docsize'
  AND name NOT GLOB '*_fts_config' AND name NOT GLOB '*_fts_content'
ORDER BY type, name;
