-- The sources that draw on this one.
SELECT e.relation, s.key AS source, s.title, e.note
FROM source_origins AS e JOIN sources AS s ON s.id = e.source_id
WHERE e.origin_id = (SELECT id FROM sources WHERE key = :key)
ORDER BY e.id;
