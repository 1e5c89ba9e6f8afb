-- title: Figures that are a part of themselves
-- question: Is any figure, through others, its own denominator?
-- Rows reachable from a root are in no circle. Only the others are followed, so that the cost is
-- linear in the length of a chain.
WITH RECURSIVE rooted(id) AS (
  SELECT id FROM figures WHERE out_of_id IS NULL
  UNION ALL
  SELECT r.id FROM figures AS r JOIN rooted ON r.out_of_id = rooted.id
), climb(start, here) AS (
  SELECT id, out_of_id FROM figures WHERE out_of_id IS NOT NULL AND id NOT IN (SELECT id FROM rooted)
  UNION
  SELECT climb.start, r.out_of_id FROM climb JOIN figures AS r ON r.id = climb.here
)
SELECT CAST('figures' AS TEXT) AS table_name, r.key, CAST('it is a part of itself, through other figures' AS TEXT) AS finding
FROM climb JOIN figures AS r ON r.id = climb.start
WHERE climb.start = climb.here
