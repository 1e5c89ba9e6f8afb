-- title: Places that lie within themselves
-- question: Does any place, through others, lie within itself?
-- Rows reachable from a root are in no circle. Only the others are followed, so that the cost is
-- linear in the length of a chain.
WITH RECURSIVE rooted(id) AS (
  SELECT id FROM locations WHERE within_id IS NULL
  UNION ALL
  SELECT r.id FROM locations AS r JOIN rooted ON r.within_id = rooted.id
), climb(start, here) AS (
  SELECT id, within_id FROM locations WHERE within_id IS NOT NULL AND id NOT IN (SELECT id FROM rooted)
  UNION
  SELECT climb.start, r.within_id FROM climb JOIN locations AS r ON r.id = climb.here
)
SELECT CAST('locations' AS TEXT) AS table_name, r.key, CAST('it lies within itself, through the places that hold it' AS TEXT) AS finding
FROM climb JOIN locations AS r ON r.id = climb.start
WHERE climb.start = climb.here
