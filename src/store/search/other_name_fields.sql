-- Another name of a place is shown behind its own.
SELECT 'other name' AS field, l.name || ' (' || n.name || ')' AS text
FROM location_names AS n
JOIN locations AS l ON l.id = n.location_id
WHERE n.id = ?1;
