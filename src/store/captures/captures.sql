-- The rows of sqlar that hold the captured copies of one source, or of all when none is named: the copies in the order
-- of capture, the parts of each in the order of their bytes. A row that is gone has no id and no name.
SELECT c.id AS capture, s.key AS source, c.sha256, c.captured_at, 1 AS part, c.sqlar_id, a.id, a.name, a.sz AS size
FROM captures AS c
JOIN sources AS s ON s.id = c.source_id
LEFT JOIN sqlar AS a ON a.id = c.sqlar_id
WHERE ?1 IS NULL OR s.key = ?1
UNION ALL
SELECT c.id, s.key, c.sha256, c.captured_at, p.part, p.sqlar_id, a.id, a.name, a.sz
FROM captures AS c
JOIN sources AS s ON s.id = c.source_id
JOIN capture_parts AS p ON p.first_id = c.sqlar_id
LEFT JOIN sqlar AS a ON a.id = p.sqlar_id
WHERE ?1 IS NULL OR s.key = ?1
ORDER BY 2, 4, 1, 5;
