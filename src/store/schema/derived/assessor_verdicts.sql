-- The verdict of each assessor that holds: the latest, by time and then by order of recording, that
-- was not retracted.
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
  -- When it was given (UTC).
  a.at
FROM assessments AS a
WHERE NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id) AND NOT EXISTS (
  SELECT 1 FROM assessments AS later
  WHERE later.claim_id = a.claim_id AND +later.assessor_id = a.assessor_id
    AND (later.at > a.at OR (later.at = a.at AND later.id > a.id))
    AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = later.id));
