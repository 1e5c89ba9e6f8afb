-- The verdicts that hold and rest on too little, by the check of that name, with the claims that they are about.
SELECT DISTINCT c.id, c.key, c.status = 'confirmed' AS is_confirmed, k.assessment_id
FROM check_evidence AS e
JOIN claims AS c ON c.key = e.key
JOIN current_assessments AS k ON k.claim_id = c.id
ORDER BY c.key;
