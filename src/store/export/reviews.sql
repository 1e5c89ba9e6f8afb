-- The verdict that holds for each claim, with what a published fact-check says of it. The page is
-- that of a fact-check on which the verdict rests. A verdict from before the claim changed says nothing of
-- the claim as it would be published.
SELECT c.key AS claim, c.text, CASE WHEN a.at_stated = 1 THEN a.at END AS at, a.status,
  CASE WHEN a.claim_version = c.version THEN coalesce(a.verdict, t.claimreview) END AS word,
  t.claimreview_rating AS rating,
  s.kind, s.title, s.author, s.outlet, s.publisher, s.url,
  (SELECT e.url FROM assessment_evidence AS v JOIN sources AS e ON e.id = v.source_id
    WHERE v.assessment_id = a.id AND e.kind = 'review' AND e.url IS NOT NULL
    ORDER BY e.key LIMIT 1) AS page
FROM claims AS c
LEFT JOIN current_assessments AS k ON k.claim_id = c.id
LEFT JOIN assessments AS a ON a.id = k.assessment_id
LEFT JOIN statuses AS t ON t.code = a.status
LEFT JOIN sources AS s ON s.id = a.assessor_id
WHERE c.withdrawn IS NULL
ORDER BY c.key
