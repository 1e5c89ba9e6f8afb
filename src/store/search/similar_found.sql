-- The claims that hold any of the words, best first; those changed elsewhere since they were indexed
-- are asked apart.
SELECT rowid AS id FROM words_fts
WHERE words_fts MATCH ?1 AND rowid <= ?3
  AND rowid NOT IN (SELECT row_id FROM search_dirty WHERE table_name = 'claims')
ORDER BY rank
LIMIT ?2;
