-- The sources that a source draws on.
SELECT e.relation, s.key AS source, s.title, e.note
FROM source_origins AS e JOIN sources AS s ON s.id = e.origin_id
WHERE e.source_id = (SELECT id FROM sources WHERE key = :key)
ORDER BY e.id;
