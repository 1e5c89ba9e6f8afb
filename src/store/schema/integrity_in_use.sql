-- Tests for any reference to a source. A desk that has given no verdicts need not be told apart.
WITH one AS (SELECT id FROM sources WHERE key = ?1)
SELECT EXISTS (SELECT 1 FROM assessments WHERE assessor_id IN (SELECT id FROM one))
    OR EXISTS (SELECT 1 FROM source_grades WHERE source_id IN (SELECT id FROM one)
        OR grader_id IN (SELECT id FROM one))
    OR EXISTS (SELECT 1 FROM mentions WHERE source_id IN (SELECT id FROM one)
        OR speaker_id IN (SELECT id FROM one))
    OR EXISTS (SELECT 1 FROM source_origins WHERE source_id IN (SELECT id FROM one)
        OR origin_id IN (SELECT id FROM one))
    OR EXISTS (SELECT 1 FROM assessment_evidence WHERE source_id IN (SELECT id FROM one))
    OR EXISTS (SELECT 1 FROM captures WHERE source_id IN (SELECT id FROM one)) AS used;
