-- title: Sources that are one work
-- question: Does any source have the address or the identifier of another?
SELECT CAST('sources' AS TEXT) AS table_name, s.key, CAST('it is the same work as ' || w.key
  || ', by its address or identifier: `onrecord merge-sources ' || s.key || ' ' || w.key || '` makes one of them' AS TEXT) AS finding
FROM same_works AS k JOIN sources AS s ON s.id = k.source_id JOIN sources AS w ON w.id = k.work_id
