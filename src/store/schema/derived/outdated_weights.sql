-- The claims whose kept weights and origins no longer hold: those that are noted themselves, and those that
-- rest on a source that is noted, through however many others.
CREATE VIEW outdated_weights AS
WITH RECURSIVE resting(id) AS (
  SELECT source_id FROM outdated_sources
  UNION
  -- What the program has not computed the canonical forms of may be one work with any other.
  SELECT id FROM sources WHERE folded IS NULL
  UNION
  -- Where an edge is gone, its source is noted, so that the edges of today lead to all claims.
  SELECT e.source_id FROM resting CROSS JOIN source_origins AS e WHERE e.origin_id = resting.id
)
SELECT
  -- The claim.
  claim_id AS id
FROM outdated_claims
UNION
SELECT m.claim_id FROM resting CROSS JOIN mentions AS m WHERE m.source_id = resting.id
UNION
SELECT m.claim_id FROM resting CROSS JOIN mentions AS m WHERE m.speaker_id = resting.id;
