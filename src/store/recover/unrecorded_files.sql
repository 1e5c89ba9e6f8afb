-- The files of the archive that no record calls a captured copy of a source; those behind the first of a copy in parts go
-- with it.
SELECT id, name, EXISTS (SELECT 1 FROM capture_parts AS p WHERE p.first_id = f.id) AS in_parts
FROM sqlar AS f
WHERE id NOT IN (SELECT sqlar_id FROM captures) AND id NOT IN (SELECT sqlar_id FROM capture_parts) ORDER BY id;
