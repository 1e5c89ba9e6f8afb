-- Takes a search index and the tables that it keeps out of the schema, without a look at their pages.
DELETE FROM sqlite_schema
WHERE tbl_name = ?1 OR tbl_name LIKE replace(?1, '_', '!_') || '!_%' ESCAPE '!';
