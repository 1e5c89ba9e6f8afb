-- Ends a bulk load: the status of the claims that got a verdict.
--
-- A claim all of whose new verdicts say what its status says has the right one, whichever holds.
UPDATE claims SET status = (
    SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
    WHERE k.claim_id = claims.id)
  WHERE id IN (
    SELECT a.claim_id FROM assessments AS a JOIN claims AS c ON c.id = a.claim_id
    WHERE a.id > (SELECT id FROM bulk_since WHERE name = 'assessments') AND a.status <> c.status);
