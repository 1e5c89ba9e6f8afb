-- The claims whose version an undo raised and the undone operation did not, with the version before the undo,
-- where no verdict was given after that operation.
INSERT OR IGNORE INTO temp.undo_versions
SELECT o.row_id, r.was
FROM (
  SELECT row_id, min(id) AS first FROM revisions
  WHERE operation_id = :operation AND table_name = 'claims' AND column_name = 'version' GROUP BY row_id
) AS o
JOIN revisions AS r ON r.id = o.first
WHERE NOT EXISTS (
  SELECT 1 FROM revisions AS t
  WHERE t.table_name = 'claims' AND t.column_name = 'version' AND t.row_id = o.row_id
    AND t.operation_id = :target)
  AND NOT EXISTS (
    SELECT 1 FROM assessments AS a
    WHERE a.claim_id = o.row_id
      AND a.id > (SELECT last_assessment FROM operations WHERE id = :target));
