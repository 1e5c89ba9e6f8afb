-- The tables of an archive, in the order in which they were made. Those that serve SQLite and maps alone stay out: the
-- search index and its shadow tables, the description for programs that draw maps. The record of the migrations says of
-- which archive a file is a copy.
SELECT s.name, s.sql
FROM sqlite_schema AS s JOIN pragma_table_list AS t ON t.name = s.name AND t.schema = 'main'
WHERE s.type = 'table' AND t.type = 'table' AND s.name NOT LIKE 'sqlite\_%' ESCAPE '\'
  AND s.name NOT IN ('search_dirty', 'geometry_columns', 'spatial_ref_sys')
ORDER BY s.rowid
