-- Each place with every place inside it, itself among them, so that no engine walks down from a place. In place of
-- the recursive part of the reports on places, for engines that have none there.
WITH RECURSIVE inside(location_id, inside_id) AS (
  SELECT id, id FROM locations
  UNION
  SELECT i.location_id, l.id FROM inside AS i JOIN locations AS l ON l.within_id = i.inside_id
)
SELECT location_id, inside_id FROM inside
