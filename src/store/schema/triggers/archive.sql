-- Guards the one row that says what the file is, keeps the desk that it names, and lets an operation be
-- completed while it runs.
CREATE TRIGGER archive_insert_guard BEFORE INSERT ON archive BEGIN
  SELECT RAISE(ABORT, 'archive: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM archive WHERE id = new.id);
  SELECT RAISE(ABORT, 'archive.desk: no source has this key')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE key = new.desk);
  SELECT RAISE(ABORT, 'archive.operation: no such row in operations')
    WHERE new.operation IS NOT NULL AND NOT EXISTS (SELECT 1 FROM operations WHERE id = new.operation);
END;
CREATE TRIGGER archive_update_guard BEFORE UPDATE ON archive BEGIN
  SELECT RAISE(ABORT, 'archive: id and format are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.format IS NOT old.format;
  SELECT RAISE(ABORT, 'archive.desk: no source has this key')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE key = new.desk);
  SELECT RAISE(ABORT, 'archive.operation: no such row in operations')
    WHERE new.operation IS NOT NULL AND NOT EXISTS (SELECT 1 FROM operations WHERE id = new.operation);
END;
CREATE TRIGGER archive_delete_guard BEFORE DELETE ON archive BEGIN
  SELECT RAISE(ABORT, 'archive: this row says what the file is; it stays');
END;

-- A new archive that another tool fills has no history yet.
CREATE TRIGGER archive_updated AFTER UPDATE ON archive
  WHEN new.operation IS NOT NULL OR EXISTS (SELECT 1 FROM claims) BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'archive', 'archive', old.id, 'update',
    col, was FROM (
    SELECT 'created' AS col, old.created AS was WHERE old.created IS NOT new.created
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT new.title
    UNION ALL SELECT 'desk', old.desk WHERE old.desk IS NOT new.desk
  ) AS changed;
END;

-- The desk is named by its key: it stays, and where it is renamed the archive follows.
CREATE TRIGGER sources_desk_delete_guard BEFORE DELETE ON sources BEGIN
  SELECT RAISE(ABORT, 'sources: archive.desk names this source')
    WHERE EXISTS (SELECT 1 FROM archive WHERE desk = old.key);
END;
CREATE TRIGGER sources_desk_renamed AFTER UPDATE OF key ON sources
  WHEN new.key IS NOT old.key BEGIN
  UPDATE archive SET desk = new.key WHERE desk = old.key;
END;

-- What an operation did is known at its end: its row may be changed while archive.operation names it.
CREATE TRIGGER operations_update_guard BEFORE UPDATE ON operations BEGIN
  SELECT RAISE(ABORT, 'operations: operations are append-only')
    WHERE new.id IS NOT old.id OR NOT EXISTS (SELECT 1 FROM archive WHERE operation = old.id);
  SELECT RAISE(ABORT, 'operations.undoes: no such row in operations')
    WHERE new.undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM operations WHERE id = new.undoes);
END;
