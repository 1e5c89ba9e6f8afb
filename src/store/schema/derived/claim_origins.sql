-- The independent origins of each claim, once each: as they are kept, or anew where what is kept no longer
-- holds.
CREATE VIEW claim_origins AS
SELECT
  -- The claim.
  claim_id,
  -- The source that is an independent origin of it.
  origin_id,
  -- 1 when that origin took the claim back; else 0.
  took_back
FROM kept_origins
WHERE claim_id NOT IN (SELECT o.id FROM outdated_weights AS o)
UNION ALL
SELECT claim_id, origin_id, took_back FROM (
  SELECT claim_id, origin_id, CAST(max(took_back) AS INTEGER) AS took_back
  FROM outdated_ends
  GROUP BY claim_id, origin_id
) AS anew;
