-- The retracted verdicts on claims to remove go with them: nobody stands on them any more.
INSERT OR IGNORE INTO temp.undo_rows
SELECT 'assessments', a.id FROM temp.undo_rows AS u CROSS JOIN assessments AS a ON a.claim_id = u.id
WHERE u.table_name = 'claims'
  AND EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id);
INSERT OR IGNORE INTO temp.undo_rows
SELECT 'assessment_evidence', e.id FROM temp.undo_rows AS u CROSS JOIN assessment_evidence AS e ON e.assessment_id = u.id
WHERE u.table_name = 'assessments'
  AND EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = e.assessment_id);
INSERT OR IGNORE INTO temp.undo_rows
SELECT 'assessment_retractions', t.id FROM temp.undo_rows AS u CROSS JOIN assessment_retractions AS t ON t.assessment_id = u.id
WHERE u.table_name = 'assessments';
