-- How many origins a claim has. Claims that nobody states or bears out have no row.
CREATE VIEW claim_origin_counts AS
SELECT
  -- The claim.
  e.claim_id,
  -- Independent origins, the unnamed ones among them.
  CAST(count(DISTINCT e.origin_id) AS INTEGER) AS origins,
  -- Of these, known by a description only ("a security source").
  CAST(count(DISTINCT u.id) AS INTEGER) AS unnamed,
  -- Of these, those that took the claim back.
  CAST(count(DISTINCT CASE WHEN e.took_back = 1 THEN e.origin_id END) AS INTEGER) AS took_back
FROM claim_ends AS e
LEFT JOIN (
  SELECT s.id FROM sources AS s JOIN source_kinds AS k ON k.code = s.kind WHERE k.is_named = 0
) AS u ON u.id = e.origin_id
GROUP BY e.claim_id;
