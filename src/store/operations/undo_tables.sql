-- What an undo works on: the rows to remove, the rows that are put back or changed, and the operations
-- that no longer count, and the verdicts that the operation carried over from another claim.
CREATE TEMP TABLE undo_rows (table_name TEXT, id INTEGER, PRIMARY KEY (table_name, id)) WITHOUT ROWID;
CREATE TEMP TABLE undo_back (table_name TEXT, id INTEGER, PRIMARY KEY (table_name, id)) WITHOUT ROWID;
CREATE TEMP TABLE undo_past (operation_id INTEGER PRIMARY KEY);
CREATE TEMP TABLE undo_moved (claim_id INTEGER, assessor_id INTEGER, at TEXT, status TEXT, because TEXT);
