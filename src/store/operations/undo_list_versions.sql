-- The claims whose version an operation raised, with the version before it, where nothing raised it
-- since: taking the operation back gives them back what a verdict was about. A claim that it removed
-- comes back.
INSERT INTO temp.undo_versions
SELECT o.row_id, r.was
FROM (
  SELECT row_id, min(id) AS first, max(id) AS last FROM revisions
  WHERE operation_id = :operation AND table_name = 'claims' AND column_name = 'version' GROUP BY row_id
) AS o
JOIN revisions AS r ON r.id = o.first
LEFT JOIN claims AS c ON c.id = o.row_id
WHERE c.id IS NULL OR c.version = coalesce((
  SELECT n.was FROM revisions AS n
  WHERE n.table_name = 'claims' AND n.column_name = 'version' AND n.row_id = o.row_id AND n.id > o.last
  ORDER BY n.id LIMIT 1), c.version);
