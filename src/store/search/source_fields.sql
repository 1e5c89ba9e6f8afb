-- The texts of a source in which words may be found, the most telling first.
SELECT field, text FROM (
  SELECT 1 AS rank, 'title' AS field, title AS text FROM sources WHERE id = ?1
  UNION ALL SELECT 2, 'author', author FROM sources WHERE id = ?1
  UNION ALL SELECT 3, 'outlet', outlet FROM sources WHERE id = ?1
  UNION ALL SELECT 4, 'note', note FROM sources WHERE id = ?1)
WHERE text IS NOT NULL
ORDER BY rank;
