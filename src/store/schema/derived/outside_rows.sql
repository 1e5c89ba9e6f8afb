-- Rows that another tool added: those whose id lies in no range of an operation. They came after the
-- operation whose range ends below them in their table.
-- Nb. CROSS JOIN keeps SQLite from reading all rows of a table where a gap has few.
CREATE VIEW outside_rows AS
WITH gaps AS (
  -- Above each range, up to the next, and in each table below the first. No two ranges of a table overlap.
  SELECT r.table_name, r.operation_id, r.last_id + 1 AS first_id, coalesce(
    (SELECT min(n.first_id) - 1 FROM operation_ranges AS n
      WHERE n.table_name = r.table_name AND n.first_id > r.first_id), 9223372036854775807) AS last_id
  FROM operation_ranges AS r
  UNION ALL SELECT table_name, NULL, 1, min(first_id) - 1 FROM operation_ranges GROUP BY table_name
  -- Tables in which no operation added a row.
  UNION ALL SELECT t.table_name, NULL, 1, 9223372036854775807 FROM (
    SELECT 'sources' AS table_name
    UNION ALL SELECT 'source_origins'
    UNION ALL SELECT 'source_grades'
    UNION ALL SELECT 'locations'
    UNION ALL SELECT 'location_names'
    UNION ALL SELECT 'measures'
    UNION ALL SELECT 'claims'
    UNION ALL SELECT 'claim_locations'
    UNION ALL SELECT 'mentions'
    UNION ALL SELECT 'claim_links'
    UNION ALL SELECT 'figures'
    UNION ALL SELECT 'equations'
    UNION ALL SELECT 'assessments'
    UNION ALL SELECT 'assessment_evidence'
    UNION ALL SELECT 'assessment_retractions'
    UNION ALL SELECT 'sqlar'
    UNION ALL SELECT 'captures'
    UNION ALL SELECT 'capture_parts'
    UNION ALL SELECT 'aliases'
    UNION ALL SELECT 'accepted_doubts'
    UNION ALL SELECT 'profiles'
  ) AS t
  WHERE NOT EXISTS (SELECT 1 FROM operation_ranges AS r WHERE r.table_name = t.table_name)
)
SELECT
  -- The table of the row.
  CAST(o.table_name AS TEXT) AS table_name,
  -- The id of the row.
  CAST(o.row_id AS INTEGER) AS row_id,
  -- The last operation before it that added rows to that table; NULL when there is none.
  CAST(o.operation_id AS INTEGER) AS after_operation
FROM (
  SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN sources AS t WHERE g.table_name = 'sources' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN source_origins AS t WHERE g.table_name = 'source_origins' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN source_grades AS t WHERE g.table_name = 'source_grades' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN locations AS t WHERE g.table_name = 'locations' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN location_names AS t WHERE g.table_name = 'location_names' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN measures AS t WHERE g.table_name = 'measures' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN claims AS t WHERE g.table_name = 'claims' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN claim_locations AS t WHERE g.table_name = 'claim_locations' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN mentions AS t WHERE g.table_name = 'mentions' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN claim_links AS t WHERE g.table_name = 'claim_links' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN figures AS t WHERE g.table_name = 'figures' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN equations AS t WHERE g.table_name = 'equations' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN assessments AS t WHERE g.table_name = 'assessments' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN assessment_evidence AS t WHERE g.table_name = 'assessment_evidence' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN assessment_retractions AS t WHERE g.table_name = 'assessment_retractions' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN sqlar AS t WHERE g.table_name = 'sqlar' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN captures AS t WHERE g.table_name = 'captures' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN capture_parts AS t WHERE g.table_name = 'capture_parts' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN aliases AS t WHERE g.table_name = 'aliases' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN accepted_doubts AS t WHERE g.table_name = 'accepted_doubts' AND t.id BETWEEN g.first_id AND g.last_id
  UNION ALL SELECT g.table_name, t.id AS row_id, g.operation_id FROM gaps AS g
    CROSS JOIN profiles AS t WHERE g.table_name = 'profiles' AND t.id BETWEEN g.first_id AND g.last_id
) AS o;
