-- A place that no root holds lies in a circle, or inside one. Linear in the number of places.
WITH RECURSIVE rooted(id) AS (
  SELECT id FROM locations WHERE within_id IS NULL
  UNION ALL
  SELECT l.id FROM locations AS l JOIN rooted ON l.within_id = rooted.id
)
SELECT key FROM locations WHERE id NOT IN (SELECT id FROM rooted)
ORDER BY key LIMIT 1;
