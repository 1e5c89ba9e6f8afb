-- What an archive says of itself, and which engine reads it here.
SELECT r.title, r.format, r.version AS "format version", r.created, r.desk,
  (SELECT count(1) FROM search_dirty) AS "rows to index", sqlite_version() AS "read with SQLite"
FROM archive AS r;
