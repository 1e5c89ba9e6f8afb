-- Left out: numbers and places, and likeness from 0 to 1: the index of words ranks by bm25.
SELECT c.key, -f.rank, c.status, c.text FROM claims_fts AS f JOIN claims AS c ON c.id = f.rowid
WHERE claims_fts MATCH :key AND c.withdrawn IS NULL ORDER BY rank LIMIT 10;
