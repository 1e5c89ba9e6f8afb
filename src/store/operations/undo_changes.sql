-- The values before an operation: of each value that it changed, the first that it kept. Keys come
-- first, so that references to them in the history are found.
SELECT r.table_name, r.row_id, r.column_name, r.was
FROM changes AS r
JOIN (
  SELECT min(id) AS id FROM changes
  WHERE operation_id = ?1 AND action = 'update' AND row_id IS NOT NULL
  GROUP BY table_name, row_id, column_name
) AS first ON first.id = r.id
WHERE NOT EXISTS (SELECT 1 FROM temp.undo_rows AS u WHERE u.table_name = r.table_name AND u.id = r.row_id)
ORDER BY r.column_name <> 'key', r.id;
