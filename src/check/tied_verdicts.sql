-- title: Verdicts at one moment
-- question: Has an assessor judged a claim in two ways at one moment, so that nothing says which holds?
-- weight: doubt
SELECT CAST('claims' AS TEXT) AS table_name, c.key,
  CAST(s.key || ' judged it as ' || e.status || ' and as ' || a.status || ' at one moment, ' || a.at AS TEXT) AS finding
FROM assessments AS a JOIN assessments AS e ON e.claim_id = a.claim_id AND e.at_stated = a.at_stated AND e.at = a.at
JOIN claims AS c ON c.id = a.claim_id JOIN sources AS s ON s.id = a.assessor_id
-- Nb. + keeps SQLite from reading all verdicts of an assessor for each of theirs.
WHERE a.at_stated = 1 AND e.id < a.id AND +e.assessor_id = +a.assessor_id AND e.status <> a.status
  AND c.withdrawn IS NULL
  AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id IN (a.id, e.id))
  -- A later verdict settles it.
  AND NOT EXISTS (
    SELECT 1 FROM assessments AS l
    WHERE l.claim_id = e.claim_id AND l.at_stated = 1 AND l.at > e.at AND +l.assessor_id = a.assessor_id
      AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = l.id))
