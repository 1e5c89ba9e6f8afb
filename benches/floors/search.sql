-- Left out: stems, quotes, sources and places: the index of words alone.
SELECT 'claim', c.key, c.status, highlight(claims_fts, 0, '[', ']') FROM claims_fts JOIN claims AS c ON c.id = claims_fts.rowid
WHERE claims_fts MATCH :key ORDER BY rank LIMIT 50;
