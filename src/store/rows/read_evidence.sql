-- What a verdict rests on, each with its kind, in the order in which it was given.
SELECT CASE WHEN e.source_id IS NOT NULL THEN 'source:' || s.key WHEN e.claim_id IS NOT NULL THEN 'claim:' || c.key
  ELSE 'figure:' || f.key END AS word
FROM assessment_evidence AS e
LEFT JOIN sources AS s ON s.id = e.source_id
LEFT JOIN claims AS c ON c.id = e.claim_id
LEFT JOIN figures AS f ON f.id = e.figure_id
WHERE e.assessment_id = ?1
ORDER BY e.id;
