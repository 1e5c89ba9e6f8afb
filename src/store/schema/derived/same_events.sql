-- Pairs of claims that tell of one event, each way round.
CREATE VIEW same_events AS
SELECT
  -- The claim.
  CAST(claim_id AS INTEGER) AS claim_id,
  -- The other claim.
  CAST(other_id AS INTEGER) AS other_id,
  -- 1 when a link says so; 0 when it is only likely, as they lie at one small place on the same days.
  CAST(max(is_linked) AS INTEGER) AS is_linked
FROM (
  SELECT from_id AS claim_id, to_id AS other_id, 1 AS is_linked FROM claim_links WHERE relation = 'same_event'
  UNION ALL
  SELECT to_id, from_id, 1 FROM claim_links WHERE relation = 'same_event'
  UNION ALL
  SELECT n.claim_id, n.near_id, 0
  FROM near_claims AS n
  JOIN claim_events AS e ON e.claim_id = n.claim_id AND e.is_dated = 1
  JOIN claim_events AS f ON f.claim_id = n.near_id AND f.is_dated = 1
  WHERE n.claim_id <> n.near_id AND e.first_day <= f.last_day AND f.first_day <= e.last_day
    -- A list of incidents tells of different ones.
    AND NOT EXISTS (SELECT 1 FROM mentions AS m JOIN mentions AS o ON o.source_id = m.source_id
      WHERE m.claim_id = n.claim_id AND o.claim_id = n.near_id)
) AS pair
GROUP BY claim_id, other_id;
