-- The last id that a file may have had, so that a new one gets another: what copies refer to, and what operations added.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'sqlar', max(id) FROM (
  SELECT 0 AS id
  UNION ALL SELECT max(sqlar_id) FROM captures
  UNION ALL SELECT max(sqlar_id) FROM capture_parts
  UNION ALL SELECT max(last_id) FROM operation_ranges WHERE table_name = 'sqlar'
);
