-- The claims that changed since the verdict that holds: in their text, kind, dates, places or figures, or in
-- who contests them. Few have another version than the first, or a verdict on another.
CREATE VIEW stale_claims AS
SELECT
  -- The claim.
  c.id AS claim_id,
  -- The verdict that holds.
  a.id AS assessment_id
FROM (
  SELECT id FROM claims WHERE version > 1
  UNION ALL SELECT DISTINCT b.claim_id FROM assessments AS b JOIN claims AS f ON f.id = b.claim_id
    WHERE b.claim_version <> 1 AND f.version = 1
) AS d
JOIN claims AS c ON c.id = d.id
JOIN current_assessments AS k ON k.claim_id = c.id
JOIN assessments AS a ON a.id = k.assessment_id
WHERE a.claim_version <> c.version;
