-- The captured copies of a source; of one in parts, the name that the names of its parts begin with and the bytes of all.
SELECT CASE c.number WHEN 0 THEN a.name
    ELSE substr(a.name, 1, length(a.name) - length('.part--of-') - 2 * length(c.number + 1)) END AS name,
  a.sz + coalesce((SELECT sum(f.sz) FROM capture_parts AS p JOIN sqlar AS f ON f.id = p.sqlar_id
    WHERE p.first_id = c.sqlar_id), 0) AS bytes,
  c.media_type, c.captured_at, c.sha256, c.note
FROM (
  SELECT o.*, (SELECT count(*) FROM capture_parts AS p WHERE p.first_id = o.sqlar_id) AS number
  FROM captures AS o WHERE o.source_id = (SELECT id FROM sources WHERE key = :key)
) AS c
LEFT JOIN sqlar AS a ON a.id = c.sqlar_id
ORDER BY c.captured_at, c.id;
