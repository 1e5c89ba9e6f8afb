-- Claims of which the views that read kept rows say something else than those that work it out from nothing.
WITH different(claim_id) AS (
  SELECT claim_id FROM (SELECT * FROM claim_weights EXCEPT SELECT * FROM claim_counts) AS counted
  UNION
  SELECT claim_id FROM (
    SELECT claim_id, origin_id, took_back FROM claim_origins
    EXCEPT SELECT claim_id, origin_id, max(took_back) FROM claim_ends GROUP BY claim_id, origin_id) AS kept
  UNION
  SELECT claim_id FROM (
    SELECT claim_id, origin_id, max(took_back) FROM claim_ends GROUP BY claim_id, origin_id
    EXCEPT SELECT claim_id, origin_id, took_back FROM claim_origins) AS missed
)
SELECT c.key FROM different AS d JOIN claims AS c ON c.id = d.claim_id ORDER BY c.key;
