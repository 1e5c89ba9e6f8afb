-- A verdict that was given after others, and one of the same assessor on the same claim at the same moment that says
-- something else. Of verdicts without a moment, both have to be new: those of several operations are told apart by
-- when they were recorded.
-- Only a claim that was there before, or whose status is another than that of a new verdict, can have two.
SELECT c.key AS claim, s.key AS assessor, CASE WHEN n.at_stated = 1 THEN n.at END AS at, 
  CASE WHEN o.id < n.id THEN o.status ELSE n.status END AS one, CASE WHEN o.id < n.id THEN n.status ELSE o.status END AS other
FROM assessments AS n CROSS JOIN claims AS c ON c.id = n.claim_id
CROSS JOIN assessments AS o ON o.claim_id = n.claim_id AND o.at_stated = n.at_stated AND o.at = n.at
JOIN sources AS s ON s.id = n.assessor_id
WHERE n.id > ?1 AND (n.claim_id <= ?2 OR n.status <> c.status)
  AND +o.assessor_id = n.assessor_id AND o.status <> n.status AND (n.at_stated = 1 OR o.id > ?1)
  AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id IN (n.id, o.id))
ORDER BY c.key, s.key LIMIT 1;
