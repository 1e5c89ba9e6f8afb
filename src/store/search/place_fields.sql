-- The texts of a place in which words may be found, the most telling first.
SELECT field, text FROM (
  SELECT 1 AS rank, 'name' AS field, name AS text FROM locations WHERE id = ?1
  UNION ALL SELECT 2, 'note', note FROM locations WHERE id = ?1)
WHERE text IS NOT NULL
ORDER BY rank;
