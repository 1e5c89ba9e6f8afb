-- Each place with the places inside it, itself among them, that claims name. Worked out by walking up from the places
-- that claims name.
CREATE VIEW claimed_places_inside AS
WITH RECURSIVE claimed(location_id, inside_id) AS (
  SELECT l.id, l.id FROM locations AS l WHERE EXISTS (SELECT 1 FROM claim_locations AS c WHERE c.location_id = l.id)
  UNION
  SELECT w.within_id, claimed.inside_id FROM claimed JOIN locations AS w ON w.id = claimed.location_id
  WHERE w.within_id IS NOT NULL
)
SELECT
  -- The place around.
  location_id,
  -- A place inside it that a claim names.
  inside_id
FROM claimed;
