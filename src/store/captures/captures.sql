-- The captured copies of one source, or of all when none is named, in the order of capture.
SELECT s.key AS source, a.name, c.sha256, a.sz AS size
FROM captures AS c
JOIN sources AS s ON s.id = c.source_id
JOIN sqlar AS a ON a.id = c.sqlar_id
WHERE ?1 IS NULL OR s.key = ?1
ORDER BY s.key, c.captured_at, c.id;
