-- The latest verdict of an assessor on a claim that was not retracted.
SELECT a.id, a.status, a.at, a.because
FROM assessments AS a
WHERE a.claim_id = (SELECT id FROM claims WHERE key = ?1)
  AND +a.assessor_id = (SELECT id FROM sources WHERE key = ?2)
  AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id)
ORDER BY a.at_stated DESC, a.at DESC, a.id DESC
LIMIT 1;
