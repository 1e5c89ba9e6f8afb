-- The verdict that holds for each claim: the latest (by time, then by row) of archive.desk, else
-- the latest of anyone. A verdict whose moment was not stated holds only where no dated one of theirs does: a
-- back-dated import does not overwrite a newer verdict, and one that was retracted holds no more.
-- Nb. + keeps SQLite from reading all verdicts of an assessor where those of a claim are few.
CREATE VIEW current_assessments AS
SELECT
  -- The claim.
  c.id AS claim_id,
  -- The verdict that holds; NULL when nobody has given one.
  CAST(coalesce(
    (SELECT a.id FROM assessments AS a
      WHERE a.claim_id = c.id AND +a.assessor_id = (
        SELECT s.id FROM archive AS r JOIN sources AS s ON s.key = r.desk)
        AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id)
      ORDER BY a.at_stated DESC, a.at DESC, a.id DESC LIMIT 1),
    (SELECT a.id FROM assessments AS a
      WHERE a.claim_id = c.id
        AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id)
      ORDER BY a.at_stated DESC, a.at DESC, a.id DESC LIMIT 1)
  ) AS INTEGER) AS assessment_id
FROM claims AS c;
