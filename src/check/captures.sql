-- title: Captured copies whose checksum is missing or wrong
-- question: Does every captured copy have a checksum, and does it agree with that of its source?
SELECT CAST('captures' AS TEXT) AS table_name, s.key,
  CAST(CASE WHEN c.sha256 IS NULL THEN a.name || ' has no SHA-256, so nothing proves it'
    ELSE a.name || ' has another SHA-256 than the source' END AS TEXT) AS finding
FROM captures AS c
JOIN sources AS s ON s.id = c.source_id
JOIN sqlar AS a ON a.id = c.sqlar_id
WHERE c.sha256 IS NULL OR c.sha256 <> s.sha256
UNION ALL
SELECT 'sqlar', a.name, 'it is no captured copy of any source'
FROM sqlar AS a
WHERE NOT EXISTS (SELECT 1 FROM captures AS c WHERE c.sqlar_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM capture_parts AS p JOIN captures AS c ON c.sqlar_id = p.first_id WHERE p.sqlar_id = a.id)
