-- The verdicts on claims that were not retracted, oldest first, and which of them holds, and
-- whether the claim changed since.
SELECT a.claim_id, a.id, CASE WHEN a.at_stated = 1 THEN a.at END AS at, s.key AS assessor, a.status, k.label AS credibility, a.because, a.verdict,
  n.assessment_id IS NOT NULL AS holds, a.claim_version <> c.version AS stale
FROM assessments AS a
JOIN claims AS c ON c.id = a.claim_id
JOIN sources AS s ON s.id = a.assessor_id
LEFT JOIN credibilities AS k ON k.code = a.credibility
LEFT JOIN current_assessments AS n ON n.claim_id = a.claim_id AND n.assessment_id = a.id
WHERE a.claim_id > :after AND a.claim_id <= :last
  AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id)
ORDER BY a.claim_id, a.at_stated, a.at, a.id;
