-- What the manifest of a lake says of the archive.
SELECT title, created, coalesce((SELECT max(id) FROM operations), 0) AS operation FROM archive
