-- A place found by another of its names is shown with both.
SELECT 'location' AS kind, l.key, l.name || ' (' || n.name || ')' AS text, l.kind AS standing
FROM location_names AS n
JOIN locations AS l ON l.id = n.location_id
WHERE n.id = ?1;
