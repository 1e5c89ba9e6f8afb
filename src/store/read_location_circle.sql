-- Climbs from every place to the ones that hold it. UNION drops what was seen, so that a circle
-- ends the climb instead of running for ever.
WITH RECURSIVE climb(start, here) AS (
  SELECT id, within_id FROM locations WHERE within_id IS NOT NULL
  UNION
  SELECT climb.start, l.within_id FROM climb JOIN locations AS l ON l.id = climb.here
  WHERE l.within_id IS NOT NULL
)
SELECT l.key FROM climb JOIN locations AS l ON l.id = climb.start
WHERE climb.start = climb.here
ORDER BY l.key LIMIT 1;
