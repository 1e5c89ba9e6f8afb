-- The places that lie inside fifty others and hold others themselves. Walking down from each of thousands that nest
-- would read all pairs of them, so the reports on places look those inside a deep one up (claimed_places_inside).
CREATE VIEW deep_places AS
SELECT
  -- The place.
  l.id AS location_id
FROM locations AS l
WHERE EXISTS (SELECT 1 FROM locations AS i WHERE i.within_id = l.id)
  AND EXISTS (
    WITH RECURSIVE around(id, number) AS (
      SELECT l.within_id, 1
      UNION ALL
      SELECT w.within_id, around.number + 1 FROM around JOIN locations AS w ON w.id = around.id WHERE around.number < 50
    )
    SELECT 1 FROM around WHERE around.number = 50 AND around.id IS NOT NULL);
