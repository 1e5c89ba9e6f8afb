-- What an undo works on: the rows to remove, the rows that are put back or changed, and the operations
-- that no longer count.
CREATE TEMP TABLE undo_rows (table_name TEXT, id INTEGER, PRIMARY KEY (table_name, id)) WITHOUT ROWID;
CREATE TEMP TABLE undo_back (table_name TEXT, id INTEGER, PRIMARY KEY (table_name, id)) WITHOUT ROWID;
CREATE TEMP TABLE undo_past (operation_id INTEGER PRIMARY KEY);
