-- The former keys of what has an address in a publication.
SELECT a.table_name, a.alias, coalesce(c.key, s.key, l.key, m.key) AS key
FROM aliases AS a
LEFT JOIN claims AS c ON a.table_name = 'claims' AND c.id = a.row_id
LEFT JOIN sources AS s ON a.table_name = 'sources' AND s.id = a.row_id
LEFT JOIN locations AS l ON a.table_name = 'locations' AND l.id = a.row_id
LEFT JOIN measures AS m ON a.table_name = 'measures' AND m.id = a.row_id
WHERE a.table_name IN ('claims', 'sources', 'locations', 'measures')
  AND a.alias <> coalesce(c.key, s.key, l.key, m.key)
ORDER BY a.id;
