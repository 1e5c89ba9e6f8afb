-- title: Verdicts on claims that changed since
-- question: Was every claim judged as it stands?
SELECT CAST('claims' AS TEXT) AS table_name, c.key,
  CAST('it changed since the verdict that holds: ' || a.status || CASE WHEN a.at_stated = 1 THEN ' of ' || a.at ELSE ', whose moment was not stated' END AS TEXT) AS finding
FROM stale_claims AS v JOIN assessments AS a ON a.id = v.assessment_id
JOIN claims AS c ON c.id = v.claim_id
WHERE c.withdrawn IS NULL
