-- The texts of a claim in which words may be found, the most telling first.
SELECT field, text FROM (
  SELECT 1 AS rank, 0 AS id, 'text' AS field, text FROM claims WHERE id = ?1
  UNION ALL SELECT 2, id, 'quote', quote FROM mentions WHERE claim_id = ?1
  UNION ALL SELECT 3, id, 'figure', said FROM figures WHERE claim_id = ?1
  UNION ALL SELECT 4, 0, 'note', note FROM claims WHERE id = ?1)
WHERE text IS NOT NULL
ORDER BY rank, id;
