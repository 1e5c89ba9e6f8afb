-- Pairs of claims at one small place, or at two of which one holds the other; each way round, and each
-- placed claim with itself.
CREATE VIEW near_claims AS
SELECT
  -- The claim.
  pair.claim_id,
  -- The claim near it.
  pair.near_id
FROM (
  SELECT DISTINCT p.claim_id, q.claim_id AS near_id
  FROM (
    SELECT location_id, around_id FROM place_around UNION SELECT around_id, location_id FROM place_around
  ) AS r
  JOIN claim_locations AS p ON p.location_id = r.location_id
  JOIN claim_locations AS q ON q.location_id = r.around_id
  JOIN claim_events AS e ON e.claim_id = p.claim_id
  JOIN claim_events AS f ON f.claim_id = q.claim_id
  WHERE e.is_placed = 1 AND f.is_placed = 1
) AS pair;
