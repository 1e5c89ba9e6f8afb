-- For whom people speak; of several the first by key counts, and comes last here.
SELECT s.key AS speaker, b.key AS body
FROM source_origins AS e JOIN sources AS s ON s.id = e.source_id JOIN sources AS b ON b.id = e.origin_id
WHERE e.relation = 'speaks_for'
ORDER BY b.key DESC;
