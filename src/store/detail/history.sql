-- The earlier values of a row and of the rows that belong to it.
SELECT at, "by", table_name AS "table", row_key AS "row", action, column_name AS "column", was
FROM changes
WHERE (table_name = :table AND row_key = :key)
  OR (table_name <> :table AND row_key GLOB :key || ' | *')
ORDER BY id;
