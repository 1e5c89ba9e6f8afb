-- For whom people speak; the first in the file is the one that counts.
SELECT s.key AS speaker, b.key AS body
FROM source_origins AS e JOIN sources AS s ON s.id = e.source_id JOIN sources AS b ON b.id = e.origin_id
WHERE e.relation = 'speaks_for'
ORDER BY b.id DESC;
