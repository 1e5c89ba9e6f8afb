-- When an assessor gives a verdict on a claim that is given now: now, unless another of theirs was given this second. Of
-- two at one moment nothing would say which holds, so this one is of the next second; verdicts that a script gives fast
-- may so run ahead by as many seconds, but one of another day is no reason to.
SELECT coalesce((
  SELECT CASE WHEN latest.status = ?3 THEN latest.at ELSE strftime('%Y-%m-%dT%H:%M:%SZ', latest.at, '+1 second') END
  FROM (
    SELECT a.status, a.at FROM assessments AS a
    WHERE a.claim_id = (SELECT id FROM claims WHERE key = ?1) AND +a.assessor_id = (SELECT id FROM sources WHERE key = ?2)
      AND a.at_stated = 1 AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id)
    ORDER BY a.at DESC, a.id DESC LIMIT 1) AS latest
  WHERE latest.at BETWEEN ?4 AND strftime('%Y-%m-%dT%H:%M:%SZ', ?4, '+1 minute')), ?4) AS at;
