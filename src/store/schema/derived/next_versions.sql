-- The next version of each claim that somebody has judged: one above all that it had and that its verdicts
-- are about, so that no number ever stands for two states. Triggers read it.
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
      WHERE r.table_name = 'claims' AND r.column_name = 'version' AND r.row_id = c.id), 0) AS had
  FROM claims AS c
) AS h
WHERE h.present > 1 OR h.had > 0 OR EXISTS (SELECT 1 FROM assessments AS a WHERE a.claim_id = h.claim_id);
