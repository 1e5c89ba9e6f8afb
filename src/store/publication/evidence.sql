-- The evidence of verdicts.
SELECT e.assessment_id, CASE WHEN s.key IS NOT NULL THEN 'source' WHEN c.key IS NOT NULL THEN 'claim' ELSE 'figure' END AS what,
  coalesce(s.key, c.key, fc.key) AS key, coalesce(s.title, c.text, fc.text) AS title, e.locator,
  ifnull(c.withdrawn, fc.withdrawn) AS withdrawn
FROM assessments AS a
JOIN assessment_evidence AS e ON e.assessment_id = a.id
LEFT JOIN sources AS s ON s.id = e.source_id
LEFT JOIN claims AS c ON c.id = e.claim_id
LEFT JOIN figures AS f ON f.id = e.figure_id
LEFT JOIN claims AS fc ON fc.id = f.claim_id
WHERE a.claim_id > :after AND a.claim_id <= :last
  AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id)
ORDER BY e.id;
