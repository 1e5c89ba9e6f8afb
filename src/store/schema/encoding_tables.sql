-- The tables that may hold text: no virtual table, nor those behind one, which a search index rebuilds.
SELECT name FROM sqlite_schema AS t
WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND sql NOT LIKE 'CREATE VIRTUAL%'
  AND NOT EXISTS (SELECT 1 FROM sqlite_schema AS v
    WHERE v.type = 'table' AND v.sql LIKE 'CREATE VIRTUAL%' AND t.name LIKE replace(v.name, '_', '!_') || '!_%' ESCAPE '!')
ORDER BY name;
