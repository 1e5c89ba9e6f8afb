-- Pairs of claims at one place, or at two of which one holds the other; each way round, and each placed claim
-- with itself. A pair may come several times. Whether the places are small enough to tell events apart, says
-- claim_events.
CREATE VIEW near_claims AS
SELECT
  -- The claim.
  p.claim_id,
  -- The claim near it.
  q.claim_id AS near_id
FROM claim_locations AS p
JOIN (
  SELECT location_id, around_id FROM place_around UNION SELECT around_id, location_id FROM place_around
) AS r ON r.location_id = p.location_id
JOIN claim_locations AS q ON q.location_id = r.around_id;
