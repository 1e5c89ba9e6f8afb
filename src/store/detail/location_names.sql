-- The other names of a place.
SELECT name, language, note FROM location_names
WHERE location_id = (SELECT id FROM locations WHERE key = :key)
ORDER BY id;
