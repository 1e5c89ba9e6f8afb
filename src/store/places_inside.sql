-- The keys of a place and of the places inside it.
WITH RECURSIVE w_inside(id, key) AS (
  SELECT id, key FROM locations WHERE key = :key
  UNION
  SELECT w_p.id, w_p.key FROM w_inside CROSS JOIN locations AS w_p WHERE w_p.within_id = w_inside.id
)
SELECT key FROM w_inside
