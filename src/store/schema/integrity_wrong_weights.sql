-- Claims of which the views that read kept rows say something else than those that work it out from nothing. Each
-- view is read once, and a row that only one of the two gives is left over: rows are sorted, where EXCEPT would put
-- each at its place in a tree, which takes minutes for a million claims.
WITH different(claim_id) AS (
  SELECT claim_id FROM (
    SELECT claim_id, mentions, denials, outlets, speakers, origins, unnamed, took_back, origin_keys, 1 AS side
    FROM claim_weights
    UNION ALL
    SELECT claim_id, mentions, denials, outlets, speakers, origins, unnamed, took_back, origin_keys, -1
    FROM claim_counts
  ) AS counted
  GROUP BY claim_id, mentions, denials, outlets, speakers, origins, unnamed, took_back, origin_keys HAVING sum(side) <> 0
  UNION
  SELECT claim_id FROM (
    SELECT claim_id, origin_id, took_back, 1 AS side FROM claim_origins
    UNION ALL
    SELECT claim_id, origin_id, max(took_back), -1 FROM claim_ends GROUP BY claim_id, origin_id
  ) AS listed
  GROUP BY claim_id, origin_id, took_back HAVING sum(side) <> 0
)
SELECT c.key FROM different AS d JOIN claims AS c ON c.id = d.claim_id ORDER BY c.key;
