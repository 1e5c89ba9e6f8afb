-- The status of every claim, from the verdicts that were salvaged.
UPDATE claims SET status = coalesce((
    SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
    WHERE k.claim_id = claims.id), 'unassessed')
  WHERE id IN (SELECT claim_id FROM assessments);
