-- What people changed: the revisions without the versions of claims, which triggers count.
CREATE VIEW changes AS
SELECT
  -- The revision.
  r.id AS id,
  -- When the change was made (UTC).
  r.at AS at,
  -- The person who made it; NULL when the tool did not state it.
  r.by AS by,
  -- The table of the row.
  r.table_name AS table_name,
  -- The key of the row.
  r.row_key AS row_key,
  -- The id of that row; NULL when the revision was imported from another file.
  r.row_id AS row_id,
  -- The change: update or delete.
  r.action AS action,
  -- The column that held the value.
  r.column_name AS column_name,
  -- The operation that made the change; NULL when another tool made it.
  r.operation_id AS operation_id,
  -- The value before the change.
  r.was AS was
FROM revisions AS r
WHERE NOT (r.table_name = 'claims' AND r.column_name = 'version');
