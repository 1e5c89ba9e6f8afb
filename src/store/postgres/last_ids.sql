-- The largest id that each table ever had, where its sequence may be read and gave one.
SELECT c.relname::text, s.last_value
FROM pg_depend AS d
JOIN pg_class AS q ON q.oid = d.objid AND q.relkind = 'S'
JOIN pg_namespace AS n ON n.oid = q.relnamespace
JOIN pg_class AS c ON c.oid = d.refobjid
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND a.attname = 'id'
JOIN pg_sequences AS s ON s.schemaname = n.nspname AND s.sequencename = q.relname
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i'
  AND pg_table_is_visible(c.oid) AND s.last_value IS NOT NULL
