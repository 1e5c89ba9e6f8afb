-- The captured copies of a source.
SELECT a.name, a.sz AS bytes, c.media_type, c.captured_at, c.sha256, c.note
FROM captures AS c JOIN sqlar AS a ON a.id = c.sqlar_id
WHERE c.source_id = (SELECT id FROM sources WHERE key = :key)
ORDER BY c.captured_at, c.id;
