-- Left out: retracted verdicts, and all but the latest verdict of an assessor.
-- where claim: c.key = :key
-- where status: a.status = :key
SELECT c.key AS claim, c.text, c.status AS holds, s.key AS assessor, a.status, a.at, a.because, a.verdict
FROM assessments AS a JOIN claims AS c ON c.id = a.claim_id JOIN sources AS s ON s.id = a.assessor_id
WHERE c.withdrawn IS NULL AND EXISTS (SELECT 1 FROM assessments AS o
  WHERE o.claim_id = a.claim_id AND +o.assessor_id <> a.assessor_id AND +o.status <> a.status) /*and*/
ORDER BY c.id, a.at, a.id;
