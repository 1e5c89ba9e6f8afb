-- The verdicts that hold and rest on too little, by the check of that name, with the keys of their claims.
SELECT DISTINCT c.key, k.assessment_id
FROM check_evidence AS e
JOIN claims AS c ON c.key = e.key
JOIN current_assessments AS k ON k.claim_id = c.id
ORDER BY c.key;
