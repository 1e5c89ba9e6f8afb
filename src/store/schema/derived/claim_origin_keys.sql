-- Which origins a claim has; apart from the counts, since naming them costs as much again.
CREATE VIEW claim_origin_keys AS
SELECT
  -- The claim.
  claim_id,
  -- Their keys, in order; ? marks one without a name.
  CAST(group_concat(origin_key, ', ') AS TEXT) AS origin_keys
FROM (
  SELECT DISTINCT e.claim_id, CASE WHEN k.is_named = 0 THEN '?' || s.key ELSE s.key END AS origin_key, s.key
  FROM claim_ends AS e JOIN sources AS s ON s.id = e.origin_id JOIN source_kinds AS k ON k.code = s.kind
  ORDER BY e.claim_id, s.key
) AS named
GROUP BY claim_id;
