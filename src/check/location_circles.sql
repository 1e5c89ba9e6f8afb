-- title: Places that lie within themselves
-- question: Does any place, through others, lie within itself?
WITH RECURSIVE climb(start, here) AS (
  SELECT id, within_id FROM locations WHERE within_id IS NOT NULL
  UNION
  SELECT climb.start, l.within_id FROM climb JOIN locations AS l ON l.id = climb.here
  WHERE l.within_id IS NOT NULL
)
SELECT 'locations' AS table_name, l.key, 'it lies within itself, through the places that hold it' AS finding
FROM climb JOIN locations AS l ON l.id = climb.start
WHERE climb.start = climb.here
