-- The names of places, in any spelling and script.
SELECT name, key FROM locations
UNION
SELECT n.name, l.key FROM location_names AS n JOIN locations AS l ON l.id = n.location_id;
