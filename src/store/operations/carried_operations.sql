-- The operations that travel with an export or a merge, the oldest first.
SELECT o.id AS number, o.at, o.by, o.command, o.summary, o.because, o.undoes, o.document, o.document_rows,
  coalesce(o.added, (
    SELECT sum(r.last_id - r.first_id + 1) FROM operation_ranges AS r WHERE r.operation_id = o.id), 0) AS added
FROM operations AS o
JOIN operation_places AS p ON p.operation_id = o.id
WHERE (p.carried = 1 OR o.command NOT IN ('init', 'restore'))
  AND o.id IS NOT (SELECT operation FROM archive)
ORDER BY p.place, p.carried, o.at, o.id;
