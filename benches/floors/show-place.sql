-- Left out: the layout.
SELECT key, name, kind FROM locations WHERE key = :key;
SELECT l.key, l.name, l.kind FROM locations AS p JOIN locations AS l ON l.within_id = p.id WHERE p.key = :key ORDER BY l.key;
WITH RECURSIVE inside(id) AS (SELECT id FROM locations WHERE key = :key UNION SELECT l.id FROM inside JOIN locations AS l ON l.within_id = inside.id)
SELECT c.key, c.status, l.key, cl.relation, c.text FROM inside JOIN locations AS l ON l.id = inside.id
JOIN claim_locations AS cl ON cl.location_id = l.id JOIN claims AS c ON c.id = cl.claim_id ORDER BY c.id;
