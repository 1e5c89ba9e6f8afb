-- The verdicts that an operation gave are about the claim as it leaves it, unless they were stale where
-- they came from.
UPDATE assessments SET claim_version = (SELECT version FROM claims WHERE id = assessments.claim_id)
WHERE id > ?1 AND claim_version > 0
  AND claim_version <> (SELECT version FROM claims WHERE id = assessments.claim_id);
