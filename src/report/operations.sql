-- title: Operations
-- question: What was done to this archive, by whom, and what did another tool do in between?
-- column operation: Number of the operation; not stated for what another tool did.
-- column at: When it began (UTC); for another tool the first change whose moment is known.
-- column until: For another tool the last change whose moment is known; else not stated.
-- column by: Who ran it.
-- column command: The command; "outside" for what another tool did.
-- column summary: The result in a few words.
-- column because: The reason given.
-- column added: Rows that it added.
-- column changed: Rows that it changed.
-- column removed: Rows that it deleted.
-- column inputs: The inputs that it read, with their SHA-256.
-- column undoes: The operation that it takes back.
-- column undone_by: The operation that took it back.
-- column carried: 1 when it was done in another archive and came with an export or a merge, else 0.
-- show: operation, at, by, command, summary
-- example: --limit 10
-- example: --where command=import
-- example: --where "at>2021-06-30" --record
WITH added AS (
  SELECT operation_id, sum(last_id - first_id + 1) AS rows FROM operation_ranges GROUP BY operation_id
), revised AS (
  SELECT r.operation_id, count(CASE r.action WHEN 'update' THEN 1 END) AS changed,
    count(CASE r.action WHEN 'delete' THEN 1 END) AS removed
  FROM (SELECT DISTINCT operation_id, table_name, coalesce(CAST(row_id AS TEXT), row_key) AS row_name, action FROM changes
    WHERE operation_id IS NOT NULL) AS r
  GROUP BY r.operation_id
), outside_changes AS (
  -- What another tool changed, by the last operation that began before it. A revision without row_id
  -- came with an import, and its change was made in another file.
  SELECT coalesce((SELECT max(o.id) FROM operations AS o WHERE o.added IS NULL AND o.at <= r.at), 0) AS place,
    min(r.at) AS at, max(r.at) AS until,
    count(DISTINCT CASE r.action WHEN 'update' THEN r.table_name || ' ' || r.row_id END) AS changed,
    count(DISTINCT CASE r.action WHEN 'delete' THEN r.table_name || ' ' || r.row_id END) AS removed
  FROM changes AS r
  WHERE r.operation_id IS NULL AND r.row_id IS NOT NULL
  GROUP BY place
), outside_additions AS (
  SELECT coalesce(after_operation, 0) AS place, count(1) AS added FROM outside_rows GROUP BY place
), outside AS (
  SELECT p.place, c.at, c.until, a.added, coalesce(c.changed, 0) AS changed, coalesce(c.removed, 0) AS removed
  FROM (SELECT place FROM outside_changes UNION SELECT place FROM outside_additions) AS p
  LEFT JOIN outside_changes AS c ON c.place = p.place
  LEFT JOIN outside_additions AS a ON a.place = p.place
)
SELECT CAST(l.operation AS INTEGER) AS operation, CAST(l.at AS TEXT) AS at, CAST(l.until AS TEXT) AS until,
  CAST(l."by" AS TEXT) AS "by", CAST(l.command AS TEXT) AS command, CAST(l.summary AS TEXT) AS summary,
  CAST(l.because AS TEXT) AS because, CAST(l.added AS INTEGER) AS added, CAST(l.changed AS INTEGER) AS changed,
  CAST(l.removed AS INTEGER) AS removed, CAST(l.inputs AS TEXT) AS inputs, CAST(l.undoes AS INTEGER) AS undoes,
  CAST(l.undone_by AS INTEGER) AS undone_by,
  CAST(l.carried AS INTEGER) AS carried
FROM (
  SELECT o.id AS operation, o.at, NULL AS until, o."by", o.command, o.summary, o.because,
    coalesce(o.added, a.rows, 0) AS added, coalesce(r.changed, 0) AS changed,
    coalesce(r.removed, 0) + coalesce(o.document_rows, 0) AS removed,
    (SELECT group_concat(i.word, ', ') FROM (
      SELECT name || coalesce(' ' || sha256, '') AS word FROM operation_inputs
      WHERE operation_id = o.id ORDER BY id) AS i) AS inputs,
    o.undoes, (SELECT max(u.id) FROM operations AS u WHERE u.undoes = o.id) AS undone_by,
    p.place, p.carried, p.carried AS later
  FROM operations AS o
  JOIN operation_places AS p ON p.operation_id = o.id
  LEFT JOIN added AS a ON a.operation_id = o.id
  LEFT JOIN revised AS r ON r.operation_id = o.id
  UNION ALL
  SELECT NULL, x.at, x.until, NULL, 'outside', NULL, NULL, coalesce(x.added, 0),
    x.changed, x.removed, NULL, NULL, NULL, x.place, 0, 1
  FROM outside AS x
) AS l
-- What was done elsewhere or by another tool stands after the operation that began before it.
ORDER BY l.place DESC, l.later DESC, l.at DESC, l.operation DESC
