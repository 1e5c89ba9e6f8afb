-- How many origins a claim has. Claims that nobody states or bears out have no row.
CREATE VIEW claim_origin_counts AS
SELECT
  -- The claim.
  claim_id,
  -- Independent origins, the unnamed ones among them.
  origins,
  -- Of these, known by a description only ("a security source").
  unnamed,
  -- Of these, those that took the claim back.
  took_back
FROM claim_weights
WHERE origins > 0;
