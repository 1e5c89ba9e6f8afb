-- The tables that may hold text: no virtual table, nor those behind one, which a search index rebuilds; nor a stranger's
-- whose rows have no number.
SELECT name FROM sqlite_schema AS t
WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND sql NOT LIKE 'CREATE VIRTUAL%'
  AND name NOT IN (SELECT l.name FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.wr = 1)
  AND NOT EXISTS (SELECT 1 FROM sqlite_schema AS v
    WHERE v.type = 'table' AND v.sql LIKE 'CREATE VIRTUAL%' AND t.name LIKE replace(v.name, '_', '!_') || '!_%' ESCAPE '!')
ORDER BY name;
