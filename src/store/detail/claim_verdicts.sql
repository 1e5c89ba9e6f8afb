-- Every verdict on a claim, oldest first, those whose moment was not stated before.
SELECT CASE WHEN a.at_stated = 1 THEN a.at ELSE 'not stated; recorded ' || a.at END AS at, s.key AS assessor,
  CASE WHEN s.key = (SELECT desk FROM archive) THEN s.title END AS "assessor by name", a.status, a.credibility, a.because, a.verdict,
  (SELECT group_concat(coalesce(es.key, ec.key, ef.key) || ifnull(' ' || e.locator, ''), ', ')
    FROM assessment_evidence AS e
    LEFT JOIN sources AS es ON es.id = e.source_id
    LEFT JOIN claims AS ec ON ec.id = e.claim_id
    LEFT JOIN figures AS ef ON ef.id = e.figure_id
    WHERE e.assessment_id = a.id) AS evidence,
  CASE WHEN a.claim_version <> c.version THEN 'the claim changed since' END AS stale,
  (SELECT max(t.at || ': ' || t.because) FROM assessment_retractions AS t
    WHERE t.assessment_id = a.id) AS retracted
FROM claims AS c JOIN assessments AS a ON a.claim_id = c.id JOIN sources AS s ON s.id = a.assessor_id
WHERE c.key = :key
ORDER BY a.at_stated, a.at, a.id;
