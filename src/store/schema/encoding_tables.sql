-- The tables that may hold text: no virtual table, nor those behind one, which a search index rebuilds; nor a stranger's
-- whose rows have no number: the index of its primary key is the table itself, and has no row of its own. The list of
-- tables would say so too, and would lay out all views for it, of which a stranger's may be without end.
SELECT name FROM sqlite_schema AS t
WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND sql NOT LIKE 'CREATE VIRTUAL%'
  AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name, 'main') AS i
    WHERE i.origin = 'pk' AND i.name NOT IN (SELECT s.name FROM sqlite_schema AS s WHERE s.type = 'index'))
  AND NOT EXISTS (SELECT 1 FROM sqlite_schema AS v
    WHERE v.type = 'table' AND v.sql LIKE 'CREATE VIRTUAL%' AND t.name LIKE replace(v.name, '_', '!_') || '!_%' ESCAPE '!')
ORDER BY name;
