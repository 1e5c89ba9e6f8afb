-- The texts of a place in which words may be found, the most telling first. Another name is shown behind
-- its own.
SELECT field, text FROM (
  SELECT 1 AS rank, 0 AS id, 'name' AS field, name AS text FROM locations WHERE id = ?1
  UNION ALL SELECT 2, n.id, 'other name', l.name || ' (' || n.name || ')'
    FROM location_names AS n JOIN locations AS l ON l.id = n.location_id WHERE l.id = ?1
  UNION ALL SELECT 3, 0, 'note', note FROM locations WHERE id = ?1)
WHERE text IS NOT NULL
ORDER BY rank, id;
