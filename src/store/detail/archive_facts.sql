-- The identity of an archive, and the SQLite that reads it.
SELECT r.title, r.format, r.version AS "format version", r.created, r.desk,
  (SELECT count(1) FROM search_dirty) AS "rows to index", sqlite_version() AS "read with SQLite"
FROM archive AS r;
