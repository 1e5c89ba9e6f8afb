-- The verdict of each assessor that holds: the latest, by time and then by order of recording, that
-- was not retracted; one whose moment was not stated only where they gave no dated one.
CREATE VIEW assessor_verdicts AS
SELECT
  -- The claim.
  a.claim_id,
  -- The source that judged it.
  a.assessor_id,
  -- The verdict of theirs that holds.
  a.id AS assessment_id,
  -- What it says.
  a.status,
  -- When it was given (UTC); NULL when that was not stated.
  CAST(CASE WHEN a.at_stated = 1 THEN a.at END AS TEXT) AS at
FROM assessments AS a
WHERE NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id) AND NOT EXISTS (
  SELECT 1 FROM assessments AS later
  WHERE later.claim_id = a.claim_id AND +later.assessor_id = a.assessor_id
    AND (later.at_stated, later.at, later.id) > (a.at_stated, a.at, a.id)
    AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = later.id));
