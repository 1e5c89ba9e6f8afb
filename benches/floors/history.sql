-- Left out: the evidence and the retraction of a verdict; of several verdicts the desk's holds.
-- where claim: c.key = :key
-- where status: a.status = :key
SELECT c.key AS claim, CASE a.at_stated WHEN 1 THEN a.at END AS at, s.key AS assessor, a.status, a.credibility, a.because, a.verdict,
  NULL AS evidence, s.key = (SELECT desk FROM archive) AS holds, a.claim_version <> c.version AS stale, NULL AS retracted
FROM assessments AS a JOIN claims AS c ON c.id = a.claim_id JOIN sources AS s ON s.id = a.assessor_id
WHERE c.withdrawn IS NULL /*and*/
ORDER BY c.id, a.at_stated, a.at, a.id;
