-- The verdicts on a claim that name a source as evidence and were not retracted.
SELECT DISTINCT a.status || ' by ' || s.key || ' at ' || a.at AS verdict
FROM assessments AS a
JOIN claims AS c ON c.id = a.claim_id
JOIN sources AS s ON s.id = a.assessor_id
JOIN assessment_evidence AS e ON e.assessment_id = a.id
JOIN sources AS o ON o.id = e.source_id
WHERE c.key = ?1 AND o.key = ?2
  AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS r WHERE r.assessment_id = a.id)
ORDER BY a.id;
