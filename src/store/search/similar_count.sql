-- The number of claims that hold words, counted up to a limit.
SELECT count(1) AS n FROM (
  SELECT 1 FROM words_fts WHERE words_fts MATCH ?1 AND rowid <= ?3 LIMIT ?2);
