-- What a row said before each change, and the rows that belong to it, with the operation that changed
-- them; another tool's changes have none.
SELECT r.operation_id AS operation, r.at, r."by", coalesce(o.command, 'outside') AS command,
  CASE r.action WHEN 'update' THEN 'changed' ELSE 'removed' END AS action,
  r.table_name AS "table", r.row_key AS record, r.column_name AS "column", r.was
FROM changes AS r
LEFT JOIN operations AS o ON o.id = r.operation_id
WHERE (r.table_name = ?1 AND r.row_key = ?2)
  OR (r.table_name <> ?1 AND r.row_key GLOB ?2 || ' | *')
ORDER BY r.id;
