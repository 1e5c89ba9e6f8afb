-- A claim, with the verdict that holds and its reason.
SELECT c.text, c.kind, c.status,
  CASE WHEN a.claim_version <> c.version THEN 'yes, the claim changed since this verdict'
    WHEN a.id IS NOT NULL THEN 'no' END AS stale, s.key AS "says who",
  CASE WHEN s.key = (SELECT desk FROM archive) THEN s.title END AS "says who by name",
  CASE WHEN a.at_stated = 1 THEN a.at WHEN a.id IS NOT NULL THEN 'not stated; recorded ' || a.at END AS "said when", a.because, a.credibility,
  c.happened, c.due, c.withdrawn, c.note
FROM claims AS c
LEFT JOIN current_assessments AS k ON k.claim_id = c.id
LEFT JOIN assessments AS a ON a.id = k.assessment_id
LEFT JOIN sources AS s ON s.id = a.assessor_id
WHERE c.key = :key;
