-- Which sources are the same work as another that comes before them by key.
SELECT s.key AS source, w.key AS work
FROM same_works AS k JOIN sources AS s ON s.id = k.source_id JOIN sources AS w ON w.id = k.work_id;
