-- Places by any of their names; each half has an index.
SELECT key FROM (
  SELECT l.key FROM location_names AS n JOIN locations AS l ON l.id = n.location_id WHERE n.name = ?1
  UNION
  SELECT key FROM locations WHERE name = ?1
) ORDER BY key;
