-- The files of the archive that no record calls a captured copy of a source.
SELECT id, name FROM sqlar WHERE id NOT IN (SELECT sqlar_id FROM captures) ORDER BY id;
