-- The independent origins of each claim, once each.
CREATE VIEW claim_origins AS
SELECT
  -- The claim.
  claim_id,
  -- The source that is an independent origin of it.
  origin_id,
  -- 1 when that origin took the claim back; else 0.
  CAST(max(took_back) AS INTEGER) AS took_back
FROM claim_ends
GROUP BY claim_id, origin_id;
