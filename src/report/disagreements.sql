-- title: Assessors who differ
-- question: On which claims do assessors give different verdicts, and why?
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column holds: The current verdict on it.
-- column assessor: Who judged it.
-- column status: The latest verdict of that assessor.
-- column at: When (UTC); not stated when nothing said so.
-- column because: Why.
-- column verdict: A publisher's verdict in its own words.
-- show: claim, holds, assessor, status, because
-- example: --where holds=disputed
-- example: --where assessor=KEY
-- example: --where "at>2021-06-30"
SELECT c.key AS claim, c.text, c.status AS holds, s.key AS assessor, v.status, v.at, a.because, a.verdict
FROM assessor_verdicts AS v
JOIN claims AS c ON c.id = v.claim_id
JOIN sources AS s ON s.id = v.assessor_id
JOIN assessments AS a ON a.id = v.assessment_id
WHERE c.withdrawn IS NULL AND EXISTS (
  SELECT 1 FROM assessor_verdicts AS o
  WHERE o.claim_id = v.claim_id AND o.assessor_id <> v.assessor_id AND o.status <> v.status)
ORDER BY c.id, v.at, v.assessment_id
