-- The reliability grades of a source, oldest first.
SELECT g.at, g.reliability, r.label, s.key AS "by", g.because
FROM source_grades AS g
JOIN reliabilities AS r ON r.code = g.reliability
JOIN sources AS s ON s.id = g.grader_id
WHERE g.source_id = (SELECT id FROM sources WHERE key = :key)
ORDER BY g.at, g.id;
