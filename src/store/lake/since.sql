-- The last revision at the end of an operation, and whether all that happened since is new rows and new values. An
-- operation that removed rows keeps them; a restored export brings values without their revisions; and where a key
-- changed, so did what other rows are known by.
SELECT last.revision, CAST(NOT EXISTS (
    SELECT 1 FROM operations AS o
    WHERE o.id > ?1 AND (o.document IS NOT NULL OR o.undoes IS NOT NULL OR o.command = 'restore'))
  AND NOT EXISTS (SELECT 1 FROM revisions AS r WHERE r.id > last.revision AND r.column_name = 'key') AS INTEGER) AS traced
FROM (SELECT coalesce(max(r.id), 0) AS revision FROM revisions AS r WHERE r.operation_id <= ?1) AS last
WHERE ?1 = 0 OR EXISTS (SELECT 1 FROM operations AS o WHERE o.id = ?1)
