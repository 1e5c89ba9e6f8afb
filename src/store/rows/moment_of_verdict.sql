-- The first second from now on at which an assessor has given no other verdict on a claim: of two at one moment nothing
-- would say which holds.
WITH RECURSIVE second (at) AS (
  SELECT ?4
  UNION ALL
  SELECT strftime('%Y-%m-%dT%H:%M:%SZ', second.at, '+1 second') FROM second
  WHERE EXISTS (
    SELECT 1 FROM assessments AS a
    WHERE a.claim_id = (SELECT id FROM claims WHERE key = ?1) AND +a.assessor_id = (SELECT id FROM sources WHERE key = ?2)
      AND a.at_stated = 1 AND a.at = second.at AND a.status <> ?3)
)
SELECT max(at) AS at FROM second;
