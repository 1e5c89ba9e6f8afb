-- Keeps the version of a claim and of each verdict on it. What raises the version of a claim is
-- generated (guards.sql).

-- A verdict is about the claim as it stands.
CREATE TRIGGER assessments_insert_version AFTER INSERT ON assessments WHEN new.claim_version = 1 BEGIN
  UPDATE assessments SET claim_version = (SELECT version FROM claims WHERE id = new.claim_id)
    WHERE id = new.id AND EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id AND version > 1);
END;
CREATE TRIGGER assessments_version_guard BEFORE UPDATE OF claim_version ON assessments
  WHEN new.claim_version <> old.claim_version BEGIN
  SELECT RAISE(ABORT, 'assessments.claim_version is noted when the verdict is given; INSERT a newer verdict')
    WHERE (SELECT operation FROM archive) IS NULL AND (
      -- The trigger above notes the verdict that was just given.
      old.claim_version <> 1 OR old.id <> (SELECT max(id) FROM assessments)
      OR new.claim_version IS NOT (SELECT version FROM claims WHERE id = new.claim_id));
END;

-- A lower version would pass an old verdict off as one on the present claim. The program gives one back
-- where it undoes what raised it.
CREATE TRIGGER claims_version_guard BEFORE UPDATE OF version ON claims WHEN new.version < old.version BEGIN
  SELECT RAISE(ABORT, 'claims.version only rises; triggers keep it')
    WHERE (SELECT operation FROM archive) IS NULL;
END;
CREATE TRIGGER claims_version_updated AFTER UPDATE OF version ON claims WHEN new.version <> old.version BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claims', old.key, old.id,
    'update', 'version', old.version;
END;

-- A verdict that an undo removes may come back: what changes meanwhile counts, though nobody judges the claim.
CREATE TRIGGER assessments_delete_version AFTER DELETE ON assessments BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claims', key, id,
    'update', 'version', version FROM claims WHERE id = old.claim_id;
END;
