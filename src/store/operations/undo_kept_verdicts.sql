-- The verdicts to remove whose claims stay, as do their assessors and all that they rest on: they are
-- retracted instead, and keep their evidence.
CREATE TEMP TABLE undo_kept (table_name TEXT, id INTEGER, PRIMARY KEY (table_name, id)) WITHOUT ROWID;
INSERT INTO temp.undo_kept
SELECT 'assessments', a.id FROM temp.undo_rows AS u CROSS JOIN assessments AS a ON a.id = u.id
WHERE u.table_name = 'assessments' AND NOT EXISTS (
  SELECT 1 FROM temp.undo_rows AS c WHERE c.table_name = 'claims' AND c.id = a.claim_id)
  AND NOT EXISTS (SELECT 1 FROM temp.undo_rows AS s WHERE s.table_name = 'sources' AND s.id = a.assessor_id)
  AND NOT EXISTS (
    SELECT 1 FROM assessment_evidence AS e JOIN temp.undo_rows AS r
      ON (r.table_name = 'sources' AND r.id = e.source_id) OR (r.table_name = 'claims' AND r.id = e.claim_id)
        OR (r.table_name = 'figures' AND r.id = e.figure_id)
    WHERE e.assessment_id = a.id)
  AND NOT EXISTS (
    SELECT 1 FROM temp.undo_moved AS m
    WHERE (m.claim_id = a.claim_id OR m.assessor_id = a.assessor_id) AND m.at = a.at AND m.status = a.status AND m.because = a.because);
INSERT INTO temp.undo_kept
SELECT 'assessment_evidence', e.id FROM temp.undo_rows AS u CROSS JOIN assessment_evidence AS e ON e.id = u.id
WHERE u.table_name = 'assessment_evidence' AND EXISTS (
  SELECT 1 FROM temp.undo_kept AS k WHERE k.table_name = 'assessments' AND k.id = e.assessment_id);
-- What the operation brought retracted stays retracted.
INSERT INTO temp.undo_kept
SELECT 'assessment_retractions', t.id FROM temp.undo_rows AS u CROSS JOIN assessment_retractions AS t ON t.id = u.id
WHERE u.table_name = 'assessment_retractions' AND EXISTS (
  SELECT 1 FROM temp.undo_kept AS k WHERE k.table_name = 'assessments' AND k.id = t.assessment_id);
DELETE FROM temp.undo_rows WHERE EXISTS (
  SELECT 1 FROM temp.undo_kept AS k WHERE k.table_name = undo_rows.table_name AND k.id = undo_rows.id);
