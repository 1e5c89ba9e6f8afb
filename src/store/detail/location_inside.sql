-- The places directly inside a place.
SELECT key AS place, name, kind FROM locations
WHERE within_id = (SELECT id FROM locations WHERE key = :key)
ORDER BY key;
