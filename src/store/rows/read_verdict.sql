-- The verdict that holds for a claim, with who gave it and when.
SELECT c.status, s.key AS assessor, 
  CASE WHEN a.at_stated = 1 THEN a.at WHEN a.id IS NOT NULL THEN 'a moment not stated' END AS at
FROM claims AS c
LEFT JOIN current_assessments AS k ON k.claim_id = c.id
LEFT JOIN assessments AS a ON a.id = k.assessment_id
LEFT JOIN sources AS s ON s.id = a.assessor_id
WHERE c.key = ?1;
