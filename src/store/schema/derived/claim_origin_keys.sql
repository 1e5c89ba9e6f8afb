-- Which origins a claim has. Claims that nobody states or bears out have no row.
CREATE VIEW claim_origin_keys AS
SELECT
  -- The claim.
  claim_id,
  -- Their keys, in order; ? marks one without a name.
  origin_keys
FROM claim_weights
WHERE origins > 0;
