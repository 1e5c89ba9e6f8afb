-- The other names of places.
SELECT l.key, n.name, n.language
FROM location_names AS n JOIN locations AS l ON l.id = n.location_id
ORDER BY n.id;
