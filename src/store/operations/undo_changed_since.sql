-- Later changes of what an operation did: of a row that it added, or of a value that it changed. An
-- operation that was taken back, and the one that took it back, leave the row as it was.
WITH later AS (
  SELECT r.id, r.table_name, r.row_id, r.row_key, r.action, r.column_name, r.operation_id
  FROM changes AS r
  WHERE r.row_id IS NOT NULL AND r.operation_id IS NOT ?1
    AND (r.operation_id IS NULL OR r.operation_id NOT IN (SELECT operation_id FROM temp.undo_past))
), own AS (
  SELECT table_name, row_id, column_name, max(id) AS id FROM changes
  WHERE operation_id = ?1 AND action = 'update' GROUP BY table_name, row_id, column_name
), found AS (
  SELECT l.table_name, l.row_key, l.action, l.column_name, l.operation_id
  FROM later AS l JOIN temp.undo_rows AS u ON u.table_name = l.table_name AND u.id = l.row_id
  WHERE l.action = 'update'
  UNION SELECT l.table_name, l.row_key, l.action, l.column_name, l.operation_id
  FROM own AS o JOIN later AS l ON l.table_name = o.table_name AND l.row_id = o.row_id AND l.id > o.id
    AND (l.action = 'delete' OR l.column_name = o.column_name)
)
SELECT DISTINCT CASE f.action
    WHEN 'delete' THEN f.table_name || ' ' || f.row_key || ' was removed since'
    ELSE f.column_name || ' of ' || f.table_name || ' ' || f.row_key || ' was changed since' END
  || coalesce(', by operation ' || f.operation_id || ' (' || p.command || ')', ', by another tool') AS what
FROM found AS f LEFT JOIN operations AS p ON p.id = f.operation_id
ORDER BY what;
