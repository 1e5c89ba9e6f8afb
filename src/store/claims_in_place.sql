-- The keys of the claims that name a place, however they lie to it, or a place inside it, where their relation
-- counts for the places around. Found once, not for each row of a report.
SELECT w_c.key
FROM claim_locations AS w_l JOIN place_relations AS w_r ON w_r.code = w_l.relation JOIN claims AS w_c ON w_c.id = w_l.claim_id
WHERE w_l.location_id IN (
    WITH RECURSIVE w_inside(id) AS (
      SELECT id FROM locations WHERE key = :key
      UNION
      SELECT w_p.id FROM w_inside JOIN locations AS w_p ON w_p.within_id = w_inside.id
    )
    SELECT id FROM w_inside)
  AND (w_r.counts_upward = 1 OR w_l.location_id = (SELECT id FROM locations WHERE key = :key))
