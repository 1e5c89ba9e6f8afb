-- Each place with itself and the places that hold it, one through the other.
CREATE VIEW place_around AS
WITH RECURSIVE around(location_id, around_id) AS (
  SELECT id, id FROM locations
  UNION
  SELECT a.location_id, l.within_id FROM around AS a JOIN locations AS l ON l.id = a.around_id
  WHERE l.within_id IS NOT NULL
)
SELECT
  -- The place.
  location_id,
  -- The place itself, or one that holds it.
  around_id
FROM around;
