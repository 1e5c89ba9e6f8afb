-- The next version of each claim whose changes count: one above all that it had and that its verdicts are
-- about, so that no number ever stands for two states. While the program writes, the changes of all claims
-- count that were there before, so that they can be undone; else those of claims that somebody has judged.
-- Triggers read it.
CREATE VIEW next_versions AS
SELECT
  -- The claim.
  h.claim_id,
  -- The version that it gets when what a verdict is about changes.
  CAST(1 + CASE WHEN h.present >= h.judged AND h.present >= h.had THEN h.present
    WHEN h.judged >= h.had THEN h.judged ELSE h.had END AS INTEGER) AS version
FROM (
  SELECT c.id AS claim_id, c.version AS present,
    coalesce((SELECT max(a.claim_version) FROM assessments AS a WHERE a.claim_id = c.id), 0) AS judged,
    coalesce((SELECT max(CAST(r.was AS INTEGER)) FROM revisions AS r
      WHERE r.table_name = 'claims' AND r.column_name = 'version' AND r.row_id = c.id), 0) AS had,
    (SELECT last_claim FROM archive) AS last_claim
  FROM claims AS c
) AS h
WHERE CASE WHEN h.last_claim IS NOT NULL THEN h.claim_id <= h.last_claim
  ELSE h.present > 1 OR h.had > 0 OR EXISTS (SELECT 1 FROM assessments AS a WHERE a.claim_id = h.claim_id) END;
