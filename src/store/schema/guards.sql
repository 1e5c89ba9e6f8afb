-- The guards of every table, what a row was before it was changed, and notes for the search index.
-- Written by a test from what src/model/schema/ says of each table; change it there, and write this
-- file anew with BLESS=1 cargo test generated. What follows from no such rule is in triggers/.
--
-- REPLACE walks past triggers on UPDATE and DELETE, and most tools leave foreign keys off: so a
-- guard refuses on INSERT what is there already, and references are checked on both ends.

-- operations
CREATE TRIGGER operations_insert_guard BEFORE INSERT ON operations BEGIN
  SELECT RAISE(ABORT, 'operations: this id is taken; operations are append-only')
    WHERE EXISTS (SELECT 1 FROM operations WHERE id = new.id);
  SELECT RAISE(ABORT, 'operations.undoes: no such row in operations')
    WHERE new.undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM operations WHERE id = new.undoes);
END;
CREATE TRIGGER operations_delete_guard BEFORE DELETE ON operations BEGIN
  SELECT RAISE(ABORT, 'operations: operations are append-only');
END;

-- operation_inputs
CREATE TRIGGER operation_inputs_insert_guard BEFORE INSERT ON operation_inputs BEGIN
  SELECT RAISE(ABORT, 'operation_inputs: this id is taken; what an operation read is append-only')
    WHERE EXISTS (SELECT 1 FROM operation_inputs WHERE id = new.id);
  SELECT RAISE(ABORT, 'operation_inputs.operation_id: no such row in operations')
    WHERE NOT EXISTS (SELECT 1 FROM operations WHERE id = new.operation_id);
END;
CREATE TRIGGER operation_inputs_update_guard BEFORE UPDATE ON operation_inputs BEGIN
  SELECT RAISE(ABORT, 'operation_inputs: what an operation read is append-only');
END;
CREATE TRIGGER operation_inputs_delete_guard BEFORE DELETE ON operation_inputs BEGIN
  SELECT RAISE(ABORT, 'operation_inputs: what an operation read is append-only');
END;

-- operation_ranges
CREATE TRIGGER operation_ranges_insert_guard BEFORE INSERT ON operation_ranges BEGIN
  SELECT RAISE(ABORT, 'operation_ranges: this id is taken; what an operation added is append-only')
    WHERE EXISTS (SELECT 1 FROM operation_ranges WHERE id = new.id);
  SELECT RAISE(ABORT, 'operation_ranges.operation_id: no such row in operations')
    WHERE NOT EXISTS (SELECT 1 FROM operations WHERE id = new.operation_id);
END;
CREATE TRIGGER operation_ranges_update_guard BEFORE UPDATE ON operation_ranges BEGIN
  SELECT RAISE(ABORT, 'operation_ranges: what an operation added is append-only');
END;
CREATE TRIGGER operation_ranges_delete_guard BEFORE DELETE ON operation_ranges BEGIN
  SELECT RAISE(ABORT, 'operation_ranges: what an operation added is append-only');
END;

-- removed_bytes
CREATE TRIGGER removed_bytes_insert_guard BEFORE INSERT ON removed_bytes BEGIN
  SELECT RAISE(ABORT, 'removed_bytes: this id is taken; what an operation removed is append-only')
    WHERE EXISTS (SELECT 1 FROM removed_bytes WHERE id = new.id);
  SELECT RAISE(ABORT, 'removed_bytes.operation_id: no such row in operations')
    WHERE NOT EXISTS (SELECT 1 FROM operations WHERE id = new.operation_id);
END;
CREATE TRIGGER removed_bytes_update_guard BEFORE UPDATE ON removed_bytes BEGIN
  SELECT RAISE(ABORT, 'removed_bytes: what an operation removed is append-only');
END;
CREATE TRIGGER removed_bytes_delete_guard BEFORE DELETE ON removed_bytes BEGIN
  SELECT RAISE(ABORT, 'removed_bytes: what an operation removed is append-only');
END;

-- columns
CREATE TRIGGER columns_insert_guard BEFORE INSERT ON columns BEGIN
  SELECT RAISE(ABORT, 'columns: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM columns WHERE id = new.id);
  SELECT RAISE(ABORT, 'columns: this table_name and column_name are taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM columns WHERE table_name = new.table_name AND column_name = new.column_name);
END;
CREATE TRIGGER columns_update_guard BEFORE UPDATE ON columns BEGIN
  SELECT RAISE(ABORT, 'columns: id, table_name and column_name are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.table_name IS NOT old.table_name OR new.column_name IS NOT old.column_name;
END;

-- credibilities
CREATE TRIGGER credibilities_insert_guard BEFORE INSERT ON credibilities BEGIN
  SELECT RAISE(ABORT, 'credibilities: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM credibilities WHERE id = new.id);
  SELECT RAISE(ABORT, 'credibilities: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM credibilities WHERE code = new.code);
END;
CREATE TRIGGER credibilities_update_guard BEFORE UPDATE ON credibilities BEGIN
  SELECT RAISE(ABORT, 'credibilities: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER credibilities_delete_guard BEFORE DELETE ON credibilities BEGIN
  SELECT RAISE(ABORT, 'credibilities: statuses.admiralty still refers to this row')
    WHERE EXISTS (SELECT 1 FROM statuses WHERE admiralty = old.code);
  SELECT RAISE(ABORT, 'credibilities: assessments.credibility still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE credibility = old.code);
END;
CREATE TRIGGER credibilities_updated AFTER UPDATE ON credibilities BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'credibilities',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER credibilities_deleted AFTER DELETE ON credibilities BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'credibilities',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- reliabilities
CREATE TRIGGER reliabilities_insert_guard BEFORE INSERT ON reliabilities BEGIN
  SELECT RAISE(ABORT, 'reliabilities: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM reliabilities WHERE id = new.id);
  SELECT RAISE(ABORT, 'reliabilities: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM reliabilities WHERE code = new.code);
END;
CREATE TRIGGER reliabilities_update_guard BEFORE UPDATE ON reliabilities BEGIN
  SELECT RAISE(ABORT, 'reliabilities: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER reliabilities_delete_guard BEFORE DELETE ON reliabilities BEGIN
  SELECT RAISE(ABORT, 'reliabilities: source_grades.reliability still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_grades WHERE reliability = old.code);
END;
CREATE TRIGGER reliabilities_updated AFTER UPDATE ON reliabilities BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'reliabilities',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER reliabilities_deleted AFTER DELETE ON reliabilities BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'reliabilities',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- statuses
CREATE TRIGGER statuses_insert_guard BEFORE INSERT ON statuses BEGIN
  SELECT RAISE(ABORT, 'statuses: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM statuses WHERE id = new.id);
  SELECT RAISE(ABORT, 'statuses: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM statuses WHERE code = new.code);
  SELECT RAISE(ABORT, 'statuses.admiralty: no such row in credibilities')
    WHERE new.admiralty IS NOT NULL AND NOT EXISTS (SELECT 1 FROM credibilities WHERE code = new.admiralty);
END;
CREATE TRIGGER statuses_update_guard BEFORE UPDATE ON statuses BEGIN
  SELECT RAISE(ABORT, 'statuses: id, code and assignable are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code OR new.assignable IS NOT old.assignable;
  SELECT RAISE(ABORT, 'statuses.admiralty: no such row in credibilities')
    WHERE new.admiralty IS NOT NULL AND NOT EXISTS (SELECT 1 FROM credibilities WHERE code = new.admiralty);
END;
CREATE TRIGGER statuses_delete_guard BEFORE DELETE ON statuses BEGIN
  SELECT RAISE(ABORT, 'statuses: claims.status still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claims WHERE status = old.code);
  SELECT RAISE(ABORT, 'statuses: assessments.status still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE status = old.code);
END;
CREATE TRIGGER statuses_updated AFTER UPDATE ON statuses BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'statuses',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'airwars', old.airwars WHERE old.airwars IS NOT new.airwars
    UNION ALL SELECT 'meedan_check', old.meedan_check WHERE old.meedan_check IS NOT new.meedan_check
    UNION ALL SELECT 'claimreview', old.claimreview WHERE old.claimreview IS NOT new.claimreview
    UNION ALL SELECT 'claimreview_rating', old.claimreview_rating WHERE old.claimreview_rating IS NOT new.claimreview_rating
    UNION ALL SELECT 'admiralty', old.admiralty WHERE old.admiralty IS NOT new.admiralty
    UNION ALL SELECT 'is_check', old.is_check WHERE old.is_check IS NOT new.is_check
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER statuses_deleted AFTER DELETE ON statuses BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'statuses',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'assignable', old.assignable WHERE old.assignable IS NOT NULL
    UNION ALL SELECT 'airwars', old.airwars WHERE old.airwars IS NOT NULL
    UNION ALL SELECT 'meedan_check', old.meedan_check WHERE old.meedan_check IS NOT NULL
    UNION ALL SELECT 'claimreview', old.claimreview WHERE old.claimreview IS NOT NULL
    UNION ALL SELECT 'claimreview_rating', old.claimreview_rating WHERE old.claimreview_rating IS NOT NULL
    UNION ALL SELECT 'admiralty', old.admiralty WHERE old.admiralty IS NOT NULL
    UNION ALL SELECT 'is_check', old.is_check WHERE old.is_check IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- source_kinds
CREATE TRIGGER source_kinds_insert_guard BEFORE INSERT ON source_kinds BEGIN
  SELECT RAISE(ABORT, 'source_kinds: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM source_kinds WHERE id = new.id);
  SELECT RAISE(ABORT, 'source_kinds: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM source_kinds WHERE code = new.code);
END;
CREATE TRIGGER source_kinds_update_guard BEFORE UPDATE ON source_kinds BEGIN
  SELECT RAISE(ABORT, 'source_kinds: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER source_kinds_delete_guard BEFORE DELETE ON source_kinds BEGIN
  SELECT RAISE(ABORT, 'source_kinds: sources.kind still refers to this row')
    WHERE EXISTS (SELECT 1 FROM sources WHERE kind = old.code);
END;
CREATE TRIGGER source_kinds_updated AFTER UPDATE ON source_kinds BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'source_kinds',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'is_party', old.is_party WHERE old.is_party IS NOT new.is_party
    UNION ALL SELECT 'is_named', old.is_named WHERE old.is_named IS NOT new.is_named
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER source_kinds_deleted AFTER DELETE ON source_kinds BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'source_kinds',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'is_party', old.is_party WHERE old.is_party IS NOT NULL
    UNION ALL SELECT 'is_named', old.is_named WHERE old.is_named IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- origin_relations
CREATE TRIGGER origin_relations_insert_guard BEFORE INSERT ON origin_relations BEGIN
  SELECT RAISE(ABORT, 'origin_relations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM origin_relations WHERE id = new.id);
  SELECT RAISE(ABORT, 'origin_relations: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM origin_relations WHERE code = new.code);
END;
CREATE TRIGGER origin_relations_update_guard BEFORE UPDATE ON origin_relations BEGIN
  SELECT RAISE(ABORT, 'origin_relations: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER origin_relations_delete_guard BEFORE DELETE ON origin_relations BEGIN
  SELECT RAISE(ABORT, 'origin_relations: source_origins.relation still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_origins WHERE relation = old.code);
END;
CREATE TRIGGER origin_relations_updated AFTER UPDATE ON origin_relations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'origin_relations',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'whole_text', old.whole_text WHERE old.whole_text IS NOT new.whole_text
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER origin_relations_deleted AFTER DELETE ON origin_relations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'origin_relations',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'whole_text', old.whole_text WHERE old.whole_text IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- claim_kinds
CREATE TRIGGER claim_kinds_insert_guard BEFORE INSERT ON claim_kinds BEGIN
  SELECT RAISE(ABORT, 'claim_kinds: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claim_kinds WHERE id = new.id);
  SELECT RAISE(ABORT, 'claim_kinds: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claim_kinds WHERE code = new.code);
END;
CREATE TRIGGER claim_kinds_update_guard BEFORE UPDATE ON claim_kinds BEGIN
  SELECT RAISE(ABORT, 'claim_kinds: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER claim_kinds_delete_guard BEFORE DELETE ON claim_kinds BEGIN
  SELECT RAISE(ABORT, 'claim_kinds: claims.kind still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claims WHERE kind = old.code);
END;
CREATE TRIGGER claim_kinds_updated AFTER UPDATE ON claim_kinds BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claim_kinds',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER claim_kinds_deleted AFTER DELETE ON claim_kinds BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claim_kinds',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- stances
CREATE TRIGGER stances_insert_guard BEFORE INSERT ON stances BEGIN
  SELECT RAISE(ABORT, 'stances: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM stances WHERE id = new.id);
  SELECT RAISE(ABORT, 'stances: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM stances WHERE code = new.code);
END;
CREATE TRIGGER stances_update_guard BEFORE UPDATE ON stances BEGIN
  SELECT RAISE(ABORT, 'stances: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER stances_delete_guard BEFORE DELETE ON stances BEGIN
  SELECT RAISE(ABORT, 'stances: mentions.stance still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE stance = old.code);
END;
CREATE TRIGGER stances_updated AFTER UPDATE ON stances BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'stances',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'counts', old.counts WHERE old.counts IS NOT new.counts
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER stances_deleted AFTER DELETE ON stances BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'stances',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'counts', old.counts WHERE old.counts IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- hedges
CREATE TRIGGER hedges_insert_guard BEFORE INSERT ON hedges BEGIN
  SELECT RAISE(ABORT, 'hedges: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM hedges WHERE id = new.id);
  SELECT RAISE(ABORT, 'hedges: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM hedges WHERE code = new.code);
END;
CREATE TRIGGER hedges_update_guard BEFORE UPDATE ON hedges BEGIN
  SELECT RAISE(ABORT, 'hedges: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER hedges_delete_guard BEFORE DELETE ON hedges BEGIN
  SELECT RAISE(ABORT, 'hedges: mentions.hedge still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE hedge = old.code);
END;
CREATE TRIGGER hedges_updated AFTER UPDATE ON hedges BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'hedges',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER hedges_deleted AFTER DELETE ON hedges BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'hedges',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- link_relations
CREATE TRIGGER link_relations_insert_guard BEFORE INSERT ON link_relations BEGIN
  SELECT RAISE(ABORT, 'link_relations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM link_relations WHERE id = new.id);
  SELECT RAISE(ABORT, 'link_relations: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM link_relations WHERE code = new.code);
END;
CREATE TRIGGER link_relations_update_guard BEFORE UPDATE ON link_relations BEGIN
  SELECT RAISE(ABORT, 'link_relations: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER link_relations_delete_guard BEFORE DELETE ON link_relations BEGIN
  SELECT RAISE(ABORT, 'link_relations: claim_links.relation still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_links WHERE relation = old.code);
END;
CREATE TRIGGER link_relations_updated AFTER UPDATE ON link_relations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'link_relations',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'symmetric', old.symmetric WHERE old.symmetric IS NOT new.symmetric
    UNION ALL SELECT 'conflict', old.conflict WHERE old.conflict IS NOT new.conflict
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER link_relations_deleted AFTER DELETE ON link_relations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'link_relations',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'symmetric', old.symmetric WHERE old.symmetric IS NOT NULL
    UNION ALL SELECT 'conflict', old.conflict WHERE old.conflict IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- qualifiers
CREATE TRIGGER qualifiers_insert_guard BEFORE INSERT ON qualifiers BEGIN
  SELECT RAISE(ABORT, 'qualifiers: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM qualifiers WHERE id = new.id);
  SELECT RAISE(ABORT, 'qualifiers: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM qualifiers WHERE code = new.code);
END;
CREATE TRIGGER qualifiers_update_guard BEFORE UPDATE ON qualifiers BEGIN
  SELECT RAISE(ABORT, 'qualifiers: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER qualifiers_delete_guard BEFORE DELETE ON qualifiers BEGIN
  SELECT RAISE(ABORT, 'qualifiers: figures.qualifier still refers to this row')
    WHERE EXISTS (SELECT 1 FROM figures WHERE qualifier = old.code);
END;
CREATE TRIGGER qualifiers_updated AFTER UPDATE ON qualifiers BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'qualifiers',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'below_factor', old.below_factor WHERE old.below_factor IS NOT new.below_factor
    UNION ALL SELECT 'above_factor', old.above_factor WHERE old.above_factor IS NOT new.above_factor
    UNION ALL SELECT 'below_absolute', old.below_absolute WHERE old.below_absolute IS NOT new.below_absolute
    UNION ALL SELECT 'above_absolute', old.above_absolute WHERE old.above_absolute IS NOT new.above_absolute
    UNION ALL SELECT 'least', old.least WHERE old.least IS NOT new.least
    UNION ALL SELECT 'most', old.most WHERE old.most IS NOT new.most
    UNION ALL SELECT 'excludes_low', old.excludes_low WHERE old.excludes_low IS NOT new.excludes_low
    UNION ALL SELECT 'excludes_high', old.excludes_high WHERE old.excludes_high IS NOT new.excludes_high
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER qualifiers_deleted AFTER DELETE ON qualifiers BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'qualifiers',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'below_factor', old.below_factor WHERE old.below_factor IS NOT NULL
    UNION ALL SELECT 'above_factor', old.above_factor WHERE old.above_factor IS NOT NULL
    UNION ALL SELECT 'below_absolute', old.below_absolute WHERE old.below_absolute IS NOT NULL
    UNION ALL SELECT 'above_absolute', old.above_absolute WHERE old.above_absolute IS NOT NULL
    UNION ALL SELECT 'least', old.least WHERE old.least IS NOT NULL
    UNION ALL SELECT 'most', old.most WHERE old.most IS NOT NULL
    UNION ALL SELECT 'excludes_low', old.excludes_low WHERE old.excludes_low IS NOT NULL
    UNION ALL SELECT 'excludes_high', old.excludes_high WHERE old.excludes_high IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- growths
CREATE TRIGGER growths_insert_guard BEFORE INSERT ON growths BEGIN
  SELECT RAISE(ABORT, 'growths: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM growths WHERE id = new.id);
  SELECT RAISE(ABORT, 'growths: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM growths WHERE code = new.code);
END;
CREATE TRIGGER growths_update_guard BEFORE UPDATE ON growths BEGIN
  SELECT RAISE(ABORT, 'growths: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER growths_delete_guard BEFORE DELETE ON growths BEGIN
  SELECT RAISE(ABORT, 'growths: measures.growth still refers to this row')
    WHERE EXISTS (SELECT 1 FROM measures WHERE growth = old.code);
END;
CREATE TRIGGER growths_updated AFTER UPDATE ON growths BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'growths',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER growths_deleted AFTER DELETE ON growths BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'growths',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- dimensions
CREATE TRIGGER dimensions_insert_guard BEFORE INSERT ON dimensions BEGIN
  SELECT RAISE(ABORT, 'dimensions: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM dimensions WHERE id = new.id);
  SELECT RAISE(ABORT, 'dimensions: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM dimensions WHERE code = new.code);
END;
CREATE TRIGGER dimensions_update_guard BEFORE UPDATE ON dimensions BEGIN
  SELECT RAISE(ABORT, 'dimensions: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER dimensions_delete_guard BEFORE DELETE ON dimensions BEGIN
  SELECT RAISE(ABORT, 'dimensions: measures.dimension still refers to this row')
    WHERE EXISTS (SELECT 1 FROM measures WHERE dimension = old.code);
END;
CREATE TRIGGER dimensions_updated AFTER UPDATE ON dimensions BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'dimensions',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'counts_wholes', old.counts_wholes WHERE old.counts_wholes IS NOT new.counts_wholes
    UNION ALL SELECT 'may_be_negative', old.may_be_negative WHERE old.may_be_negative IS NOT new.may_be_negative
    UNION ALL SELECT 'takes_percent', old.takes_percent WHERE old.takes_percent IS NOT new.takes_percent
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER dimensions_deleted AFTER DELETE ON dimensions BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'dimensions',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'counts_wholes', old.counts_wholes WHERE old.counts_wholes IS NOT NULL
    UNION ALL SELECT 'may_be_negative', old.may_be_negative WHERE old.may_be_negative IS NOT NULL
    UNION ALL SELECT 'takes_percent', old.takes_percent WHERE old.takes_percent IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- location_kinds
CREATE TRIGGER location_kinds_insert_guard BEFORE INSERT ON location_kinds BEGIN
  SELECT RAISE(ABORT, 'location_kinds: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_kinds WHERE id = new.id);
  SELECT RAISE(ABORT, 'location_kinds: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_kinds WHERE code = new.code);
END;
CREATE TRIGGER location_kinds_update_guard BEFORE UPDATE ON location_kinds BEGIN
  SELECT RAISE(ABORT, 'location_kinds: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER location_kinds_delete_guard BEFORE DELETE ON location_kinds BEGIN
  SELECT RAISE(ABORT, 'location_kinds: locations.kind still refers to this row')
    WHERE EXISTS (SELECT 1 FROM locations WHERE kind = old.code);
END;
CREATE TRIGGER location_kinds_updated AFTER UPDATE ON location_kinds BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'location_kinds',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'event_scale', old.event_scale WHERE old.event_scale IS NOT new.event_scale
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER location_kinds_deleted AFTER DELETE ON location_kinds BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'location_kinds',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'event_scale', old.event_scale WHERE old.event_scale IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- location_precisions
CREATE TRIGGER location_precisions_insert_guard BEFORE INSERT ON location_precisions BEGIN
  SELECT RAISE(ABORT, 'location_precisions: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_precisions WHERE id = new.id);
  SELECT RAISE(ABORT, 'location_precisions: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_precisions WHERE code = new.code);
END;
CREATE TRIGGER location_precisions_update_guard BEFORE UPDATE ON location_precisions BEGIN
  SELECT RAISE(ABORT, 'location_precisions: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER location_precisions_delete_guard BEFORE DELETE ON location_precisions BEGIN
  SELECT RAISE(ABORT, 'location_precisions: locations.precision still refers to this row')
    WHERE EXISTS (SELECT 1 FROM locations WHERE precision = old.code);
END;
CREATE TRIGGER location_precisions_updated AFTER UPDATE ON location_precisions BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'location_precisions',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER location_precisions_deleted AFTER DELETE ON location_precisions BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'location_precisions',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- date_precisions
CREATE TRIGGER date_precisions_insert_guard BEFORE INSERT ON date_precisions BEGIN
  SELECT RAISE(ABORT, 'date_precisions: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM date_precisions WHERE id = new.id);
  SELECT RAISE(ABORT, 'date_precisions: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM date_precisions WHERE code = new.code);
END;
CREATE TRIGGER date_precisions_update_guard BEFORE UPDATE ON date_precisions BEGIN
  SELECT RAISE(ABORT, 'date_precisions: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER date_precisions_delete_guard BEFORE DELETE ON date_precisions BEGIN
  SELECT RAISE(ABORT, 'date_precisions: claims.date_precision still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claims WHERE date_precision = old.code);
END;
CREATE TRIGGER date_precisions_updated AFTER UPDATE ON date_precisions BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'date_precisions',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER date_precisions_deleted AFTER DELETE ON date_precisions BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'date_precisions',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- place_relations
CREATE TRIGGER place_relations_insert_guard BEFORE INSERT ON place_relations BEGIN
  SELECT RAISE(ABORT, 'place_relations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM place_relations WHERE id = new.id);
  SELECT RAISE(ABORT, 'place_relations: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM place_relations WHERE code = new.code);
END;
CREATE TRIGGER place_relations_update_guard BEFORE UPDATE ON place_relations BEGIN
  SELECT RAISE(ABORT, 'place_relations: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
END;
CREATE TRIGGER place_relations_delete_guard BEFORE DELETE ON place_relations BEGIN
  SELECT RAISE(ABORT, 'place_relations: claim_locations.relation still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_locations WHERE relation = old.code);
END;
CREATE TRIGGER place_relations_updated AFTER UPDATE ON place_relations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'place_relations',
    old.code,
    old.id, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'counts_upward', old.counts_upward WHERE old.counts_upward IS NOT new.counts_upward
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  ) AS changed;
END;
CREATE TRIGGER place_relations_deleted AFTER DELETE ON place_relations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'place_relations',
    old.code,
    old.id, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'counts_upward', old.counts_upward WHERE old.counts_upward IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  ) AS changed;
END;

-- sources
CREATE TRIGGER sources_insert_guard BEFORE INSERT ON sources BEGIN
  SELECT RAISE(ABORT, 'sources: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM sources WHERE id = new.id);
  SELECT RAISE(ABORT, 'sources: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM sources WHERE key = new.key);
  SELECT RAISE(ABORT, 'sources: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'sources' AND alias = new.key);
  SELECT RAISE(ABORT, 'sources.kind: no such row in source_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM source_kinds WHERE code = new.kind);
  INSERT INTO dates (edtf) SELECT new.published WHERE new.published IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.published);
  INSERT INTO dates (edtf) SELECT new.retrieved WHERE new.retrieved IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.retrieved);
END;
CREATE TRIGGER sources_update_guard BEFORE UPDATE ON sources BEGIN
  SELECT RAISE(ABORT, 'sources: id and key are fixed; to rename a row, first INSERT its old key INTO aliases')
    WHERE new.id IS NOT old.id OR (new.key IS NOT old.key AND NOT EXISTS (
      SELECT 1 FROM aliases WHERE table_name = 'sources' AND alias = old.key AND row_id = old.id));
  SELECT RAISE(ABORT, 'sources: another row has this key')
    WHERE EXISTS (SELECT 1 FROM sources WHERE key = new.key AND id <> old.id);
  SELECT RAISE(ABORT, 'sources: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'sources' AND alias = new.key
      AND row_id <> old.id);
  SELECT RAISE(ABORT, 'sources.kind: no such row in source_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM source_kinds WHERE code = new.kind);
  INSERT INTO dates (edtf) SELECT new.published WHERE new.published IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.published);
  INSERT INTO dates (edtf) SELECT new.retrieved WHERE new.retrieved IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.retrieved);
END;
CREATE TRIGGER sources_delete_guard BEFORE DELETE ON sources BEGIN
  SELECT RAISE(ABORT, 'sources: source_origins.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_origins WHERE source_id = old.id);
  SELECT RAISE(ABORT, 'sources: source_origins.origin_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_origins WHERE origin_id = old.id);
  SELECT RAISE(ABORT, 'sources: source_grades.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_grades WHERE source_id = old.id);
  SELECT RAISE(ABORT, 'sources: source_grades.grader_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_grades WHERE grader_id = old.id);
  SELECT RAISE(ABORT, 'sources: measures.counted_by_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM measures WHERE counted_by_id = old.id);
  SELECT RAISE(ABORT, 'sources: mentions.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE source_id = old.id);
  SELECT RAISE(ABORT, 'sources: mentions.speaker_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE speaker_id = old.id);
  SELECT RAISE(ABORT, 'sources: assessments.assessor_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE assessor_id = old.id);
  SELECT RAISE(ABORT, 'sources: assessment_evidence.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence WHERE source_id = old.id);
  SELECT RAISE(ABORT, 'sources: captures.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM captures WHERE source_id = old.id);
  SELECT RAISE(ABORT, 'sources: aliases.row_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'sources' AND row_id = old.id);
END;
CREATE TRIGGER sources_updated AFTER UPDATE ON sources BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'sources',
    old.key,
    old.id, 'update', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT new.key
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT new.kind
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT new.title
    UNION ALL SELECT 'author', old.author WHERE old.author IS NOT new.author
    UNION ALL SELECT 'outlet', old.outlet WHERE old.outlet IS NOT new.outlet
    UNION ALL SELECT 'publisher', old.publisher WHERE old.publisher IS NOT new.publisher
    UNION ALL SELECT 'url', old.url WHERE old.url IS NOT new.url
    UNION ALL SELECT 'archived_url', old.archived_url WHERE old.archived_url IS NOT new.archived_url
    UNION ALL SELECT 'identifier', old.identifier WHERE old.identifier IS NOT new.identifier
    UNION ALL SELECT 'language', old.language WHERE old.language IS NOT new.language
    UNION ALL SELECT 'published', old.published WHERE old.published IS NOT new.published
    UNION ALL SELECT 'retrieved', old.retrieved WHERE old.retrieved IS NOT new.retrieved
    UNION ALL SELECT 'rights', old.rights WHERE old.rights IS NOT new.rights
    UNION ALL SELECT 'sha256', old.sha256 WHERE old.sha256 IS NOT new.sha256
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER sources_deleted AFTER DELETE ON sources BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'sources',
    old.key,
    old.id, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT NULL
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT NULL
    UNION ALL SELECT 'author', old.author WHERE old.author IS NOT NULL
    UNION ALL SELECT 'outlet', old.outlet WHERE old.outlet IS NOT NULL
    UNION ALL SELECT 'publisher', old.publisher WHERE old.publisher IS NOT NULL
    UNION ALL SELECT 'url', old.url WHERE old.url IS NOT NULL
    UNION ALL SELECT 'archived_url', old.archived_url WHERE old.archived_url IS NOT NULL
    UNION ALL SELECT 'identifier', old.identifier WHERE old.identifier IS NOT NULL
    UNION ALL SELECT 'language', old.language WHERE old.language IS NOT NULL
    UNION ALL SELECT 'published', old.published WHERE old.published IS NOT NULL
    UNION ALL SELECT 'retrieved', old.retrieved WHERE old.retrieved IS NOT NULL
    UNION ALL SELECT 'rights', old.rights WHERE old.rights IS NOT NULL
    UNION ALL SELECT 'sha256', old.sha256 WHERE old.sha256 IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;
CREATE TRIGGER sources_search_insert AFTER INSERT ON sources BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed)
    SELECT 'sources', new.id, 0 WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'sources' AND row_id = new.id);
END;
CREATE TRIGGER sources_search_update AFTER UPDATE OF title, author, outlet, note ON sources BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'sources', old.id, 1, old.title, old.author, old.outlet, old.note WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'sources' AND row_id = old.id);
END;
CREATE TRIGGER sources_search_delete AFTER DELETE ON sources BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'sources', old.id, 1, old.title, old.author, old.outlet, old.note WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'sources' AND row_id = old.id);
END;

-- source_origins
CREATE TRIGGER source_origins_insert_guard BEFORE INSERT ON source_origins BEGIN
  SELECT RAISE(ABORT, 'source_origins: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM source_origins WHERE id = new.id);
  SELECT RAISE(ABORT, 'source_origins: this source_id and relation and origin_id are taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM source_origins WHERE source_id = new.source_id AND relation = new.relation AND origin_id = new.origin_id);
  SELECT RAISE(ABORT, 'source_origins.source_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'source_origins.relation: no such row in origin_relations')
    WHERE NOT EXISTS (SELECT 1 FROM origin_relations WHERE code = new.relation);
  SELECT RAISE(ABORT, 'source_origins.origin_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.origin_id);
END;
CREATE TRIGGER source_origins_update_guard BEFORE UPDATE ON source_origins BEGIN
  SELECT RAISE(ABORT, 'source_origins: id is fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id;
  SELECT RAISE(ABORT, 'source_origins: another row has this source_id and relation and origin_id')
    WHERE EXISTS (SELECT 1 FROM source_origins WHERE source_id = new.source_id AND relation = new.relation AND origin_id = new.origin_id AND id <> old.id);
  SELECT RAISE(ABORT, 'source_origins.source_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'source_origins.relation: no such row in origin_relations')
    WHERE NOT EXISTS (SELECT 1 FROM origin_relations WHERE code = new.relation);
  SELECT RAISE(ABORT, 'source_origins.origin_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.origin_id);
END;
CREATE TRIGGER source_origins_updated AFTER UPDATE ON source_origins BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'source_origins',
    (SELECT key FROM sources WHERE id = old.source_id)
    || ' | ' || old.relation
    || ' | ' || (SELECT key FROM sources WHERE id = old.origin_id),
    old.id, 'update', col, was FROM (
    SELECT 'source_id' AS col, (SELECT key FROM sources WHERE id = old.source_id) AS was WHERE old.source_id IS NOT new.source_id
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT new.relation
    UNION ALL SELECT 'origin_id', (SELECT key FROM sources WHERE id = old.origin_id) WHERE old.origin_id IS NOT new.origin_id
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER source_origins_deleted AFTER DELETE ON source_origins BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'source_origins',
    (SELECT key FROM sources WHERE id = old.source_id)
    || ' | ' || old.relation
    || ' | ' || (SELECT key FROM sources WHERE id = old.origin_id),
    old.id, 'delete', col, was FROM (
    SELECT 'source_id' AS col, (SELECT key FROM sources WHERE id = old.source_id) AS was WHERE old.source_id IS NOT NULL
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT NULL
    UNION ALL SELECT 'origin_id', (SELECT key FROM sources WHERE id = old.origin_id) WHERE old.origin_id IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;

-- source_grades
CREATE TRIGGER source_grades_insert_guard BEFORE INSERT ON source_grades BEGIN
  SELECT RAISE(ABORT, 'source_grades: this id is taken; grades are append-only; add a newer one')
    WHERE EXISTS (SELECT 1 FROM source_grades WHERE id = new.id);
  SELECT RAISE(ABORT, 'source_grades: this source_id and grader_id and at are taken; grades are append-only; add a newer one')
    WHERE EXISTS (SELECT 1 FROM source_grades WHERE source_id = new.source_id AND grader_id = new.grader_id AND at = new.at);
  SELECT RAISE(ABORT, 'source_grades.source_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'source_grades.reliability: no such row in reliabilities')
    WHERE NOT EXISTS (SELECT 1 FROM reliabilities WHERE code = new.reliability);
  SELECT RAISE(ABORT, 'source_grades.grader_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.grader_id);
END;
CREATE TRIGGER source_grades_update_guard BEFORE UPDATE ON source_grades BEGIN
  SELECT RAISE(ABORT, 'source_grades: grades are append-only; add a newer one');
END;
CREATE TRIGGER source_grades_delete_guard BEFORE DELETE ON source_grades BEGIN
  SELECT RAISE(ABORT, 'source_grades: grades are append-only; add a newer one');
END;

-- locations
CREATE TRIGGER locations_insert_guard BEFORE INSERT ON locations BEGIN
  SELECT RAISE(ABORT, 'locations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM locations WHERE id = new.id);
  SELECT RAISE(ABORT, 'locations: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM locations WHERE key = new.key);
  SELECT RAISE(ABORT, 'locations: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'locations' AND alias = new.key);
  SELECT RAISE(ABORT, 'locations.kind: no such row in location_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM location_kinds WHERE code = new.kind);
  SELECT RAISE(ABORT, 'locations.within_id: no such row in locations')
    WHERE new.within_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE id = new.within_id);
  SELECT RAISE(ABORT, 'locations.precision: no such row in location_precisions')
    WHERE new.precision IS NOT NULL AND NOT EXISTS (SELECT 1 FROM location_precisions WHERE code = new.precision);
END;
CREATE TRIGGER locations_update_guard BEFORE UPDATE ON locations BEGIN
  SELECT RAISE(ABORT, 'locations: id and key are fixed; to rename a row, first INSERT its old key INTO aliases')
    WHERE new.id IS NOT old.id OR (new.key IS NOT old.key AND NOT EXISTS (
      SELECT 1 FROM aliases WHERE table_name = 'locations' AND alias = old.key AND row_id = old.id));
  SELECT RAISE(ABORT, 'locations: another row has this key')
    WHERE EXISTS (SELECT 1 FROM locations WHERE key = new.key AND id <> old.id);
  SELECT RAISE(ABORT, 'locations: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'locations' AND alias = new.key
      AND row_id <> old.id);
  SELECT RAISE(ABORT, 'locations.kind: no such row in location_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM location_kinds WHERE code = new.kind);
  SELECT RAISE(ABORT, 'locations.within_id: no such row in locations')
    WHERE new.within_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE id = new.within_id);
  SELECT RAISE(ABORT, 'locations.precision: no such row in location_precisions')
    WHERE new.precision IS NOT NULL AND NOT EXISTS (SELECT 1 FROM location_precisions WHERE code = new.precision);
END;
CREATE TRIGGER locations_delete_guard BEFORE DELETE ON locations BEGIN
  SELECT RAISE(ABORT, 'locations: locations.within_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM locations WHERE within_id = old.id);
  SELECT RAISE(ABORT, 'locations: location_names.location_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM location_names WHERE location_id = old.id);
  SELECT RAISE(ABORT, 'locations: claim_locations.location_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_locations WHERE location_id = old.id);
  SELECT RAISE(ABORT, 'locations: aliases.row_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'locations' AND row_id = old.id);
END;
CREATE TRIGGER locations_updated AFTER UPDATE ON locations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'locations',
    old.key,
    old.id, 'update', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT new.key
    UNION ALL SELECT 'name', old.name WHERE old.name IS NOT new.name
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT new.kind
    UNION ALL SELECT 'within_id', (SELECT key FROM locations WHERE id = old.within_id) WHERE old.within_id IS NOT new.within_id
    UNION ALL SELECT 'lat', old.lat WHERE old.lat IS NOT new.lat
    UNION ALL SELECT 'lon', old.lon WHERE old.lon IS NOT new.lon
    UNION ALL SELECT 'precision', old.precision WHERE old.precision IS NOT new.precision
    UNION ALL SELECT 'geonames', old.geonames WHERE old.geonames IS NOT new.geonames
    UNION ALL SELECT 'wikidata', old.wikidata WHERE old.wikidata IS NOT new.wikidata
    UNION ALL SELECT 'iso_3166', old.iso_3166 WHERE old.iso_3166 IS NOT new.iso_3166
    UNION ALL SELECT 'ocha_pcode', old.ocha_pcode WHERE old.ocha_pcode IS NOT new.ocha_pcode
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER locations_deleted AFTER DELETE ON locations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'locations',
    old.key,
    old.id, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'name', old.name WHERE old.name IS NOT NULL
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT NULL
    UNION ALL SELECT 'within_id', (SELECT key FROM locations WHERE id = old.within_id) WHERE old.within_id IS NOT NULL
    UNION ALL SELECT 'lat', old.lat WHERE old.lat IS NOT NULL
    UNION ALL SELECT 'lon', old.lon WHERE old.lon IS NOT NULL
    UNION ALL SELECT 'precision', old.precision WHERE old.precision IS NOT NULL
    UNION ALL SELECT 'geonames', old.geonames WHERE old.geonames IS NOT NULL
    UNION ALL SELECT 'wikidata', old.wikidata WHERE old.wikidata IS NOT NULL
    UNION ALL SELECT 'iso_3166', old.iso_3166 WHERE old.iso_3166 IS NOT NULL
    UNION ALL SELECT 'ocha_pcode', old.ocha_pcode WHERE old.ocha_pcode IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;
CREATE TRIGGER locations_search_insert AFTER INSERT ON locations BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed)
    SELECT 'locations', new.id, 0 WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = new.id);
END;
CREATE TRIGGER locations_search_update AFTER UPDATE OF name, note ON locations BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3)
    SELECT 'locations', old.id, 1, old.name, old.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT name AS words FROM location_names WHERE location_id = old.id ORDER BY words) AS texts) WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = old.id);
END;
CREATE TRIGGER locations_search_delete AFTER DELETE ON locations BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3)
    SELECT 'locations', old.id, 1, old.name, old.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT name AS words FROM location_names WHERE location_id = old.id ORDER BY words) AS texts) WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = old.id);
END;

-- location_names
CREATE TRIGGER location_names_insert_guard BEFORE INSERT ON location_names BEGIN
  SELECT RAISE(ABORT, 'location_names: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_names WHERE id = new.id);
  SELECT RAISE(ABORT, 'location_names: this location_id and name are taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_names WHERE location_id = new.location_id AND name = new.name);
  SELECT RAISE(ABORT, 'location_names.location_id: no such row in locations')
    WHERE NOT EXISTS (SELECT 1 FROM locations WHERE id = new.location_id);
END;
CREATE TRIGGER location_names_update_guard BEFORE UPDATE ON location_names BEGIN
  SELECT RAISE(ABORT, 'location_names: id is fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id;
  SELECT RAISE(ABORT, 'location_names: another row has this location_id and name')
    WHERE EXISTS (SELECT 1 FROM location_names WHERE location_id = new.location_id AND name = new.name AND id <> old.id);
  SELECT RAISE(ABORT, 'location_names.location_id: no such row in locations')
    WHERE NOT EXISTS (SELECT 1 FROM locations WHERE id = new.location_id);
END;
CREATE TRIGGER location_names_updated AFTER UPDATE ON location_names BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'location_names',
    (SELECT key FROM locations WHERE id = old.location_id)
    || ' | ' || old.name,
    old.id, 'update', col, was FROM (
    SELECT 'location_id' AS col, (SELECT key FROM locations WHERE id = old.location_id) AS was WHERE old.location_id IS NOT new.location_id
    UNION ALL SELECT 'name', old.name WHERE old.name IS NOT new.name
    UNION ALL SELECT 'language', old.language WHERE old.language IS NOT new.language
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER location_names_deleted AFTER DELETE ON location_names BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'location_names',
    (SELECT key FROM locations WHERE id = old.location_id)
    || ' | ' || old.name,
    old.id, 'delete', col, was FROM (
    SELECT 'location_id' AS col, (SELECT key FROM locations WHERE id = old.location_id) AS was WHERE old.location_id IS NOT NULL
    UNION ALL SELECT 'name', old.name WHERE old.name IS NOT NULL
    UNION ALL SELECT 'language', old.language WHERE old.language IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;
CREATE TRIGGER location_names_search_insert AFTER INSERT ON location_names BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed)
    SELECT 'location_names', new.id, 0 WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'location_names' AND row_id = new.id);
END;
CREATE TRIGGER location_names_search_update AFTER UPDATE OF name ON location_names BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1)
    SELECT 'location_names', old.id, 1, old.name WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'location_names' AND row_id = old.id);
END;
CREATE TRIGGER location_names_search_delete AFTER DELETE ON location_names BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1)
    SELECT 'location_names', old.id, 1, old.name WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'location_names' AND row_id = old.id);
END;
CREATE TRIGGER location_names_insert_words AFTER INSERT ON location_names
  WHEN new.name IS NOT NULL BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3)
    SELECT 'locations', c.id, 1, c.name, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT name AS words FROM location_names WHERE location_id = c.id AND id <> new.id ORDER BY words) AS texts)
    FROM locations AS c WHERE c.id = new.location_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = c.id);
END;
CREATE TRIGGER location_names_update_words AFTER UPDATE OF name, location_id ON location_names
  WHEN old.name IS NOT new.name OR old.location_id IS NOT new.location_id BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3)
    SELECT 'locations', c.id, 1, c.name, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT name AS words FROM location_names WHERE location_id = c.id AND id <> old.id UNION ALL SELECT old.name ORDER BY words) AS texts)
    FROM locations AS c WHERE c.id = old.location_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = c.id);
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3)
    SELECT 'locations', c.id, 1, c.name, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT name AS words FROM location_names WHERE location_id = c.id AND id <> new.id ORDER BY words) AS texts)
    FROM locations AS c WHERE c.id = new.location_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = c.id);
END;
CREATE TRIGGER location_names_delete_words AFTER DELETE ON location_names
  WHEN old.name IS NOT NULL BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3)
    SELECT 'locations', c.id, 1, c.name, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT name AS words FROM location_names WHERE location_id = c.id AND id <> old.id UNION ALL SELECT old.name ORDER BY words) AS texts)
    FROM locations AS c WHERE c.id = old.location_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = c.id);
END;

-- measures
CREATE TRIGGER measures_insert_guard BEFORE INSERT ON measures BEGIN
  SELECT RAISE(ABORT, 'measures: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM measures WHERE id = new.id);
  SELECT RAISE(ABORT, 'measures: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM measures WHERE key = new.key);
  SELECT RAISE(ABORT, 'measures: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'measures' AND alias = new.key);
  SELECT RAISE(ABORT, 'measures.dimension: no such row in dimensions')
    WHERE NOT EXISTS (SELECT 1 FROM dimensions WHERE code = new.dimension);
  SELECT RAISE(ABORT, 'measures.growth: no such row in growths')
    WHERE NOT EXISTS (SELECT 1 FROM growths WHERE code = new.growth);
  SELECT RAISE(ABORT, 'measures.counted_by_id: no such row in sources')
    WHERE new.counted_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = new.counted_by_id);
  INSERT INTO dates (edtf) SELECT new.starts WHERE new.starts IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.starts);
END;
CREATE TRIGGER measures_update_guard BEFORE UPDATE ON measures BEGIN
  SELECT RAISE(ABORT, 'measures: id and key are fixed; to rename a row, first INSERT its old key INTO aliases')
    WHERE new.id IS NOT old.id OR (new.key IS NOT old.key AND NOT EXISTS (
      SELECT 1 FROM aliases WHERE table_name = 'measures' AND alias = old.key AND row_id = old.id));
  SELECT RAISE(ABORT, 'measures: another row has this key')
    WHERE EXISTS (SELECT 1 FROM measures WHERE key = new.key AND id <> old.id);
  SELECT RAISE(ABORT, 'measures: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'measures' AND alias = new.key
      AND row_id <> old.id);
  SELECT RAISE(ABORT, 'measures.dimension: no such row in dimensions')
    WHERE NOT EXISTS (SELECT 1 FROM dimensions WHERE code = new.dimension);
  SELECT RAISE(ABORT, 'measures.growth: no such row in growths')
    WHERE NOT EXISTS (SELECT 1 FROM growths WHERE code = new.growth);
  SELECT RAISE(ABORT, 'measures.counted_by_id: no such row in sources')
    WHERE new.counted_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = new.counted_by_id);
  INSERT INTO dates (edtf) SELECT new.starts WHERE new.starts IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.starts);
END;
CREATE TRIGGER measures_delete_guard BEFORE DELETE ON measures BEGIN
  SELECT RAISE(ABORT, 'measures: figures.measure_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM figures WHERE measure_id = old.id);
  SELECT RAISE(ABORT, 'measures: aliases.row_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'measures' AND row_id = old.id);
END;
CREATE TRIGGER measures_updated AFTER UPDATE ON measures BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'measures',
    old.key,
    old.id, 'update', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT new.key
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT new.title
    UNION ALL SELECT 'dimension', old.dimension WHERE old.dimension IS NOT new.dimension
    UNION ALL SELECT 'scope', old.scope WHERE old.scope IS NOT new.scope
    UNION ALL SELECT 'unit', old.unit WHERE old.unit IS NOT new.unit
    UNION ALL SELECT 'growth', old.growth WHERE old.growth IS NOT new.growth
    UNION ALL SELECT 'starts', old.starts WHERE old.starts IS NOT new.starts
    UNION ALL SELECT 'counted_by_id', (SELECT key FROM sources WHERE id = old.counted_by_id) WHERE old.counted_by_id IS NOT new.counted_by_id
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER measures_deleted AFTER DELETE ON measures BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'measures',
    old.key,
    old.id, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT NULL
    UNION ALL SELECT 'dimension', old.dimension WHERE old.dimension IS NOT NULL
    UNION ALL SELECT 'scope', old.scope WHERE old.scope IS NOT NULL
    UNION ALL SELECT 'unit', old.unit WHERE old.unit IS NOT NULL
    UNION ALL SELECT 'growth', old.growth WHERE old.growth IS NOT NULL
    UNION ALL SELECT 'starts', old.starts WHERE old.starts IS NOT NULL
    UNION ALL SELECT 'counted_by_id', (SELECT key FROM sources WHERE id = old.counted_by_id) WHERE old.counted_by_id IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;

-- claims
CREATE TRIGGER claims_insert_guard BEFORE INSERT ON claims BEGIN
  SELECT RAISE(ABORT, 'claims: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claims WHERE id = new.id);
  SELECT RAISE(ABORT, 'claims: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claims WHERE key = new.key);
  SELECT RAISE(ABORT, 'claims: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'claims' AND alias = new.key);
  SELECT RAISE(ABORT, 'claims.kind: no such row in claim_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM claim_kinds WHERE code = new.kind);
  SELECT RAISE(ABORT, 'claims.date_precision: no such row in date_precisions')
    WHERE new.date_precision IS NOT NULL AND NOT EXISTS (SELECT 1 FROM date_precisions WHERE code = new.date_precision);
  SELECT RAISE(ABORT, 'claims.status: no such row in statuses')
    WHERE NOT EXISTS (SELECT 1 FROM statuses WHERE code = new.status);
  INSERT INTO dates (edtf) SELECT new.happened WHERE new.happened IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.happened);
  INSERT INTO dates (edtf) SELECT new.due WHERE new.due IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.due);
END;
CREATE TRIGGER claims_update_guard BEFORE UPDATE ON claims BEGIN
  SELECT RAISE(ABORT, 'claims: id and key are fixed; to rename a row, first INSERT its old key INTO aliases')
    WHERE new.id IS NOT old.id OR (new.key IS NOT old.key AND NOT EXISTS (
      SELECT 1 FROM aliases WHERE table_name = 'claims' AND alias = old.key AND row_id = old.id));
  SELECT RAISE(ABORT, 'claims: another row has this key')
    WHERE EXISTS (SELECT 1 FROM claims WHERE key = new.key AND id <> old.id);
  SELECT RAISE(ABORT, 'claims: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'claims' AND alias = new.key
      AND row_id <> old.id);
  SELECT RAISE(ABORT, 'claims.kind: no such row in claim_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM claim_kinds WHERE code = new.kind);
  SELECT RAISE(ABORT, 'claims.date_precision: no such row in date_precisions')
    WHERE new.date_precision IS NOT NULL AND NOT EXISTS (SELECT 1 FROM date_precisions WHERE code = new.date_precision);
  SELECT RAISE(ABORT, 'claims.status: no such row in statuses')
    WHERE NOT EXISTS (SELECT 1 FROM statuses WHERE code = new.status);
  INSERT INTO dates (edtf) SELECT new.happened WHERE new.happened IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.happened);
  INSERT INTO dates (edtf) SELECT new.due WHERE new.due IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.due);
END;
CREATE TRIGGER claims_delete_guard BEFORE DELETE ON claims BEGIN
  SELECT RAISE(ABORT, 'claims: an assessed claim stays; UPDATE claims SET withdrawn = the reason, and reports leave it out')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: claim_locations.claim_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_locations WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: mentions.claim_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: claim_links.from_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_links WHERE from_id = old.id);
  SELECT RAISE(ABORT, 'claims: claim_links.to_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_links WHERE to_id = old.id);
  SELECT RAISE(ABORT, 'claims: figures.claim_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM figures WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: assessment_evidence.claim_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: aliases.row_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'claims' AND row_id = old.id);
END;
CREATE TRIGGER claims_updated AFTER UPDATE ON claims BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claims',
    old.key,
    old.id, 'update', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT new.key
    UNION ALL SELECT 'text', old.text WHERE old.text IS NOT new.text
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT new.kind
    UNION ALL SELECT 'happened', old.happened WHERE old.happened IS NOT new.happened
    UNION ALL SELECT 'due', old.due WHERE old.due IS NOT new.due
    UNION ALL SELECT 'date_precision', old.date_precision WHERE old.date_precision IS NOT new.date_precision
    UNION ALL SELECT 'withdrawn', old.withdrawn WHERE old.withdrawn IS NOT new.withdrawn
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER claims_deleted AFTER DELETE ON claims BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claims',
    old.key,
    old.id, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'text', old.text WHERE old.text IS NOT NULL
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT NULL
    UNION ALL SELECT 'happened', old.happened WHERE old.happened IS NOT NULL
    UNION ALL SELECT 'due', old.due WHERE old.due IS NOT NULL
    UNION ALL SELECT 'date_precision', old.date_precision WHERE old.date_precision IS NOT NULL
    UNION ALL SELECT 'withdrawn', old.withdrawn WHERE old.withdrawn IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;
CREATE TRIGGER claims_update_version AFTER UPDATE OF text, kind, happened, due, date_precision ON claims
  WHEN new.text IS NOT old.text OR new.kind IS NOT old.kind OR new.happened IS NOT old.happened OR new.due IS NOT old.due OR new.date_precision IS NOT old.date_precision BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE id = old.id AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;
CREATE TRIGGER claims_search_insert AFTER INSERT ON claims BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed)
    SELECT 'claims', new.id, 0 WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = new.id);
END;
CREATE TRIGGER claims_search_update AFTER UPDATE OF text, note ON claims BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', old.id, 1, old.text, old.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = old.id ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = old.id ORDER BY words) AS texts) WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = old.id);
END;
CREATE TRIGGER claims_search_delete AFTER DELETE ON claims BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', old.id, 1, old.text, old.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = old.id ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = old.id ORDER BY words) AS texts) WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = old.id);
END;

-- claim_locations
CREATE TRIGGER claim_locations_insert_guard BEFORE INSERT ON claim_locations BEGIN
  SELECT RAISE(ABORT, 'claim_locations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claim_locations WHERE id = new.id);
  SELECT RAISE(ABORT, 'claim_locations: this claim_id and location_id and relation are taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claim_locations WHERE claim_id = new.claim_id AND location_id = new.location_id AND relation = new.relation);
  SELECT RAISE(ABORT, 'claim_locations.claim_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'claim_locations.location_id: no such row in locations')
    WHERE NOT EXISTS (SELECT 1 FROM locations WHERE id = new.location_id);
  SELECT RAISE(ABORT, 'claim_locations.relation: no such row in place_relations')
    WHERE NOT EXISTS (SELECT 1 FROM place_relations WHERE code = new.relation);
END;
CREATE TRIGGER claim_locations_update_guard BEFORE UPDATE ON claim_locations BEGIN
  SELECT RAISE(ABORT, 'claim_locations: id is fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id;
  SELECT RAISE(ABORT, 'claim_locations: another row has this claim_id and location_id and relation')
    WHERE EXISTS (SELECT 1 FROM claim_locations WHERE claim_id = new.claim_id AND location_id = new.location_id AND relation = new.relation AND id <> old.id);
  SELECT RAISE(ABORT, 'claim_locations.claim_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'claim_locations.location_id: no such row in locations')
    WHERE NOT EXISTS (SELECT 1 FROM locations WHERE id = new.location_id);
  SELECT RAISE(ABORT, 'claim_locations.relation: no such row in place_relations')
    WHERE NOT EXISTS (SELECT 1 FROM place_relations WHERE code = new.relation);
END;
CREATE TRIGGER claim_locations_updated AFTER UPDATE ON claim_locations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claim_locations',
    (SELECT key FROM claims WHERE id = old.claim_id)
    || ' | ' || old.relation
    || ' | ' || (SELECT key FROM locations WHERE id = old.location_id),
    old.id, 'update', col, was FROM (
    SELECT 'claim_id' AS col, (SELECT key FROM claims WHERE id = old.claim_id) AS was WHERE old.claim_id IS NOT new.claim_id
    UNION ALL SELECT 'location_id', (SELECT key FROM locations WHERE id = old.location_id) WHERE old.location_id IS NOT new.location_id
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT new.relation
    UNION ALL SELECT 'words', old.words WHERE old.words IS NOT new.words
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER claim_locations_deleted AFTER DELETE ON claim_locations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claim_locations',
    (SELECT key FROM claims WHERE id = old.claim_id)
    || ' | ' || old.relation
    || ' | ' || (SELECT key FROM locations WHERE id = old.location_id),
    old.id, 'delete', col, was FROM (
    SELECT 'claim_id' AS col, (SELECT key FROM claims WHERE id = old.claim_id) AS was WHERE old.claim_id IS NOT NULL
    UNION ALL SELECT 'location_id', (SELECT key FROM locations WHERE id = old.location_id) WHERE old.location_id IS NOT NULL
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT NULL
    UNION ALL SELECT 'words', old.words WHERE old.words IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;
CREATE TRIGGER claim_locations_insert_version AFTER INSERT ON claim_locations BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE id = new.claim_id AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;
CREATE TRIGGER claim_locations_update_version AFTER UPDATE OF claim_id, location_id, relation ON claim_locations
  WHEN new.claim_id IS NOT old.claim_id OR new.location_id IS NOT old.location_id OR new.relation IS NOT old.relation BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE id IN (old.claim_id, new.claim_id) AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;
CREATE TRIGGER claim_locations_delete_version AFTER DELETE ON claim_locations BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE id = old.claim_id AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;

-- mentions
CREATE TRIGGER mentions_insert_guard BEFORE INSERT ON mentions BEGIN
  SELECT RAISE(ABORT, 'mentions: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE id = new.id);
  SELECT RAISE(ABORT, 'mentions: this source, speaker, locator and stance are recorded for this claim already; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE claim_id = new.claim_id AND +source_id = new.source_id AND +speaker_id IS new.speaker_id AND locator IS new.locator AND +stance = new.stance);
  SELECT RAISE(ABORT, 'mentions.claim_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'mentions.source_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'mentions.speaker_id: no such row in sources')
    WHERE new.speaker_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = new.speaker_id);
  SELECT RAISE(ABORT, 'mentions.stance: no such row in stances')
    WHERE NOT EXISTS (SELECT 1 FROM stances WHERE code = new.stance);
  SELECT RAISE(ABORT, 'mentions.hedge: no such row in hedges')
    WHERE NOT EXISTS (SELECT 1 FROM hedges WHERE code = new.hedge);
  INSERT INTO dates (edtf) SELECT new.said_on WHERE new.said_on IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.said_on);
END;
CREATE TRIGGER mentions_update_guard BEFORE UPDATE ON mentions BEGIN
  SELECT RAISE(ABORT, 'mentions: id is fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id;
  SELECT RAISE(ABORT, 'mentions: this source, speaker, locator and stance are recorded for this claim already')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE claim_id = new.claim_id AND +source_id = new.source_id AND +speaker_id IS new.speaker_id AND locator IS new.locator AND +stance = new.stance AND id <> old.id);
  SELECT RAISE(ABORT, 'mentions.claim_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'mentions.source_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'mentions.speaker_id: no such row in sources')
    WHERE new.speaker_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = new.speaker_id);
  SELECT RAISE(ABORT, 'mentions.stance: no such row in stances')
    WHERE NOT EXISTS (SELECT 1 FROM stances WHERE code = new.stance);
  SELECT RAISE(ABORT, 'mentions.hedge: no such row in hedges')
    WHERE NOT EXISTS (SELECT 1 FROM hedges WHERE code = new.hedge);
  INSERT INTO dates (edtf) SELECT new.said_on WHERE new.said_on IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.said_on);
END;
CREATE TRIGGER mentions_updated AFTER UPDATE ON mentions BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'mentions',
    (SELECT key FROM claims WHERE id = old.claim_id)
    || ' | ' || (SELECT key FROM sources WHERE id = old.source_id)
    || coalesce(' | ' || (SELECT key FROM sources WHERE id = old.speaker_id), '')
    || coalesce(' | ' || old.locator, ''),
    old.id, 'update', col, was FROM (
    SELECT 'claim_id' AS col, (SELECT key FROM claims WHERE id = old.claim_id) AS was WHERE old.claim_id IS NOT new.claim_id
    UNION ALL SELECT 'source_id', (SELECT key FROM sources WHERE id = old.source_id) WHERE old.source_id IS NOT new.source_id
    UNION ALL SELECT 'speaker_id', (SELECT key FROM sources WHERE id = old.speaker_id) WHERE old.speaker_id IS NOT new.speaker_id
    UNION ALL SELECT 'stance', old.stance WHERE old.stance IS NOT new.stance
    UNION ALL SELECT 'hedge', old.hedge WHERE old.hedge IS NOT new.hedge
    UNION ALL SELECT 'locator', old.locator WHERE old.locator IS NOT new.locator
    UNION ALL SELECT 'quote', old.quote WHERE old.quote IS NOT new.quote
    UNION ALL SELECT 'said_on', old.said_on WHERE old.said_on IS NOT new.said_on
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER mentions_deleted AFTER DELETE ON mentions BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'mentions',
    (SELECT key FROM claims WHERE id = old.claim_id)
    || ' | ' || (SELECT key FROM sources WHERE id = old.source_id)
    || coalesce(' | ' || (SELECT key FROM sources WHERE id = old.speaker_id), '')
    || coalesce(' | ' || old.locator, ''),
    old.id, 'delete', col, was FROM (
    SELECT 'claim_id' AS col, (SELECT key FROM claims WHERE id = old.claim_id) AS was WHERE old.claim_id IS NOT NULL
    UNION ALL SELECT 'source_id', (SELECT key FROM sources WHERE id = old.source_id) WHERE old.source_id IS NOT NULL
    UNION ALL SELECT 'speaker_id', (SELECT key FROM sources WHERE id = old.speaker_id) WHERE old.speaker_id IS NOT NULL
    UNION ALL SELECT 'stance', old.stance WHERE old.stance IS NOT NULL
    UNION ALL SELECT 'hedge', old.hedge WHERE old.hedge IS NOT NULL
    UNION ALL SELECT 'locator', old.locator WHERE old.locator IS NOT NULL
    UNION ALL SELECT 'quote', old.quote WHERE old.quote IS NOT NULL
    UNION ALL SELECT 'said_on', old.said_on WHERE old.said_on IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;
CREATE TRIGGER mentions_insert_version AFTER INSERT ON mentions
  WHEN new.stance IN (SELECT code FROM stances WHERE counts = 0) BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE id = new.claim_id AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;
CREATE TRIGGER mentions_update_version AFTER UPDATE OF claim_id, stance ON mentions
  WHEN new.claim_id IS NOT old.claim_id OR new.stance IS NOT old.stance BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE (id = old.claim_id OR (id = new.claim_id AND new.stance IN (SELECT code FROM stances WHERE counts = 0))) AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;
CREATE TRIGGER mentions_delete_version AFTER DELETE ON mentions BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE id = old.claim_id AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;
CREATE TRIGGER mentions_insert_words AFTER INSERT ON mentions
  WHEN new.quote IS NOT NULL
    AND new.claim_id <= coalesce((SELECT last_claim FROM archive), new.claim_id) BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', c.id, 1, c.text, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = c.id AND id <> new.id ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = c.id ORDER BY words) AS texts)
    FROM claims AS c WHERE c.id = new.claim_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = c.id);
END;
CREATE TRIGGER mentions_update_words AFTER UPDATE OF quote, claim_id ON mentions
  WHEN old.quote IS NOT new.quote OR old.claim_id IS NOT new.claim_id BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', c.id, 1, c.text, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = c.id AND id <> old.id UNION ALL SELECT old.quote ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = c.id ORDER BY words) AS texts)
    FROM claims AS c WHERE c.id = old.claim_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = c.id);
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', c.id, 1, c.text, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = c.id AND id <> new.id ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = c.id ORDER BY words) AS texts)
    FROM claims AS c WHERE c.id = new.claim_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = c.id);
END;
CREATE TRIGGER mentions_delete_words AFTER DELETE ON mentions
  WHEN old.quote IS NOT NULL BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', c.id, 1, c.text, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = c.id AND id <> old.id UNION ALL SELECT old.quote ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = c.id ORDER BY words) AS texts)
    FROM claims AS c WHERE c.id = old.claim_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = c.id);
END;

-- claim_links
CREATE TRIGGER claim_links_insert_guard BEFORE INSERT ON claim_links BEGIN
  SELECT RAISE(ABORT, 'claim_links: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claim_links WHERE id = new.id);
  SELECT RAISE(ABORT, 'claim_links: this from_id and relation and to_id are taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claim_links WHERE from_id = new.from_id AND relation = new.relation AND to_id = new.to_id);
  SELECT RAISE(ABORT, 'claim_links.from_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.from_id);
  SELECT RAISE(ABORT, 'claim_links.relation: no such row in link_relations')
    WHERE NOT EXISTS (SELECT 1 FROM link_relations WHERE code = new.relation);
  SELECT RAISE(ABORT, 'claim_links.to_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.to_id);
END;
CREATE TRIGGER claim_links_update_guard BEFORE UPDATE ON claim_links BEGIN
  SELECT RAISE(ABORT, 'claim_links: id is fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id;
  SELECT RAISE(ABORT, 'claim_links: another row has this from_id and relation and to_id')
    WHERE EXISTS (SELECT 1 FROM claim_links WHERE from_id = new.from_id AND relation = new.relation AND to_id = new.to_id AND id <> old.id);
  SELECT RAISE(ABORT, 'claim_links.from_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.from_id);
  SELECT RAISE(ABORT, 'claim_links.relation: no such row in link_relations')
    WHERE NOT EXISTS (SELECT 1 FROM link_relations WHERE code = new.relation);
  SELECT RAISE(ABORT, 'claim_links.to_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.to_id);
END;
CREATE TRIGGER claim_links_updated AFTER UPDATE ON claim_links BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claim_links',
    (SELECT key FROM claims WHERE id = old.from_id)
    || ' | ' || old.relation
    || ' | ' || (SELECT key FROM claims WHERE id = old.to_id),
    old.id, 'update', col, was FROM (
    SELECT 'from_id' AS col, (SELECT key FROM claims WHERE id = old.from_id) AS was WHERE old.from_id IS NOT new.from_id
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT new.relation
    UNION ALL SELECT 'to_id', (SELECT key FROM claims WHERE id = old.to_id) WHERE old.to_id IS NOT new.to_id
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER claim_links_deleted AFTER DELETE ON claim_links BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'claim_links',
    (SELECT key FROM claims WHERE id = old.from_id)
    || ' | ' || old.relation
    || ' | ' || (SELECT key FROM claims WHERE id = old.to_id),
    old.id, 'delete', col, was FROM (
    SELECT 'from_id' AS col, (SELECT key FROM claims WHERE id = old.from_id) AS was WHERE old.from_id IS NOT NULL
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT NULL
    UNION ALL SELECT 'to_id', (SELECT key FROM claims WHERE id = old.to_id) WHERE old.to_id IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;

-- figures
CREATE TRIGGER figures_insert_guard BEFORE INSERT ON figures BEGIN
  SELECT RAISE(ABORT, 'figures: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM figures WHERE id = new.id);
  SELECT RAISE(ABORT, 'figures: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM figures WHERE key = new.key);
  SELECT RAISE(ABORT, 'figures: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'figures' AND alias = new.key);
  SELECT RAISE(ABORT, 'figures.claim_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'figures.measure_id: no such row in measures')
    WHERE NOT EXISTS (SELECT 1 FROM measures WHERE id = new.measure_id);
  SELECT RAISE(ABORT, 'figures.qualifier: no such row in qualifiers')
    WHERE NOT EXISTS (SELECT 1 FROM qualifiers WHERE code = new.qualifier);
  SELECT RAISE(ABORT, 'figures.out_of_id: no such row in figures')
    WHERE new.out_of_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM figures WHERE id = new.out_of_id);
  INSERT INTO dates (edtf) SELECT new.as_of WHERE new.as_of IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.as_of);
END;
CREATE TRIGGER figures_update_guard BEFORE UPDATE ON figures BEGIN
  SELECT RAISE(ABORT, 'figures: id and key are fixed; to rename a row, first INSERT its old key INTO aliases')
    WHERE new.id IS NOT old.id OR (new.key IS NOT old.key AND NOT EXISTS (
      SELECT 1 FROM aliases WHERE table_name = 'figures' AND alias = old.key AND row_id = old.id));
  SELECT RAISE(ABORT, 'figures: another row has this key')
    WHERE EXISTS (SELECT 1 FROM figures WHERE key = new.key AND id <> old.id);
  SELECT RAISE(ABORT, 'figures: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'figures' AND alias = new.key
      AND row_id <> old.id);
  SELECT RAISE(ABORT, 'figures.claim_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'figures.measure_id: no such row in measures')
    WHERE NOT EXISTS (SELECT 1 FROM measures WHERE id = new.measure_id);
  SELECT RAISE(ABORT, 'figures.qualifier: no such row in qualifiers')
    WHERE NOT EXISTS (SELECT 1 FROM qualifiers WHERE code = new.qualifier);
  SELECT RAISE(ABORT, 'figures.out_of_id: no such row in figures')
    WHERE new.out_of_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM figures WHERE id = new.out_of_id);
  INSERT INTO dates (edtf) SELECT new.as_of WHERE new.as_of IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.as_of);
END;
CREATE TRIGGER figures_delete_guard BEFORE DELETE ON figures BEGIN
  SELECT RAISE(ABORT, 'figures: figures.out_of_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM figures WHERE out_of_id = old.id);
  SELECT RAISE(ABORT, 'figures: assessment_evidence.figure_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence WHERE figure_id = old.id);
  SELECT RAISE(ABORT, 'figures: aliases.row_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'figures' AND row_id = old.id);
END;
CREATE TRIGGER figures_updated AFTER UPDATE ON figures BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'figures',
    old.key,
    old.id, 'update', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT new.key
    UNION ALL SELECT 'claim_id', (SELECT key FROM claims WHERE id = old.claim_id) WHERE old.claim_id IS NOT new.claim_id
    UNION ALL SELECT 'measure_id', (SELECT key FROM measures WHERE id = old.measure_id) WHERE old.measure_id IS NOT new.measure_id
    UNION ALL SELECT 'value', old.value WHERE old.value IS NOT new.value
    UNION ALL SELECT 'low', old.low WHERE old.low IS NOT new.low
    UNION ALL SELECT 'high', old.high WHERE old.high IS NOT new.high
    UNION ALL SELECT 'qualifier', old.qualifier WHERE old.qualifier IS NOT new.qualifier
    UNION ALL SELECT 'unit', old.unit WHERE old.unit IS NOT new.unit
    UNION ALL SELECT 'out_of_id', (SELECT key FROM figures WHERE id = old.out_of_id) WHERE old.out_of_id IS NOT new.out_of_id
    UNION ALL SELECT 'as_of', old.as_of WHERE old.as_of IS NOT new.as_of
    UNION ALL SELECT 'said', old.said WHERE old.said IS NOT new.said
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER figures_deleted AFTER DELETE ON figures BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'figures',
    old.key,
    old.id, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'claim_id', (SELECT key FROM claims WHERE id = old.claim_id) WHERE old.claim_id IS NOT NULL
    UNION ALL SELECT 'measure_id', (SELECT key FROM measures WHERE id = old.measure_id) WHERE old.measure_id IS NOT NULL
    UNION ALL SELECT 'value', old.value WHERE old.value IS NOT NULL
    UNION ALL SELECT 'low', old.low WHERE old.low IS NOT NULL
    UNION ALL SELECT 'high', old.high WHERE old.high IS NOT NULL
    UNION ALL SELECT 'qualifier', old.qualifier WHERE old.qualifier IS NOT NULL
    UNION ALL SELECT 'unit', old.unit WHERE old.unit IS NOT NULL
    UNION ALL SELECT 'out_of_id', (SELECT key FROM figures WHERE id = old.out_of_id) WHERE old.out_of_id IS NOT NULL
    UNION ALL SELECT 'as_of', old.as_of WHERE old.as_of IS NOT NULL
    UNION ALL SELECT 'said', old.said WHERE old.said IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;
CREATE TRIGGER figures_insert_version AFTER INSERT ON figures BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE id = new.claim_id AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;
CREATE TRIGGER figures_update_version AFTER UPDATE OF claim_id, measure_id, value, low, high, qualifier, unit, out_of_id, as_of ON figures
  WHEN new.claim_id IS NOT old.claim_id OR new.measure_id IS NOT old.measure_id OR new.value IS NOT old.value OR new.low IS NOT old.low OR new.high IS NOT old.high OR new.qualifier IS NOT old.qualifier OR new.unit IS NOT old.unit OR new.out_of_id IS NOT old.out_of_id OR new.as_of IS NOT old.as_of BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE id IN (old.claim_id, new.claim_id) AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;
CREATE TRIGGER figures_delete_version AFTER DELETE ON figures BEGIN
  UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
    WHERE id = old.claim_id AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
END;
CREATE TRIGGER figures_insert_words AFTER INSERT ON figures
  WHEN new.said IS NOT NULL
    AND new.claim_id <= coalesce((SELECT last_claim FROM archive), new.claim_id) BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', c.id, 1, c.text, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = c.id ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = c.id AND id <> new.id ORDER BY words) AS texts)
    FROM claims AS c WHERE c.id = new.claim_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = c.id);
END;
CREATE TRIGGER figures_update_words AFTER UPDATE OF said, claim_id ON figures
  WHEN old.said IS NOT new.said OR old.claim_id IS NOT new.claim_id BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', c.id, 1, c.text, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = c.id ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = c.id AND id <> old.id UNION ALL SELECT old.said ORDER BY words) AS texts)
    FROM claims AS c WHERE c.id = old.claim_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = c.id);
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', c.id, 1, c.text, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = c.id ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = c.id AND id <> new.id ORDER BY words) AS texts)
    FROM claims AS c WHERE c.id = new.claim_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = c.id);
END;
CREATE TRIGGER figures_delete_words AFTER DELETE ON figures
  WHEN old.said IS NOT NULL BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'claims', c.id, 1, c.text, c.note,
      (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = c.id ORDER BY words) AS texts),
      (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = c.id AND id <> old.id UNION ALL SELECT old.said ORDER BY words) AS texts)
    FROM claims AS c WHERE c.id = old.claim_id AND NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = c.id);
END;

-- equations
CREATE TRIGGER equations_insert_guard BEFORE INSERT ON equations BEGIN
  SELECT RAISE(ABORT, 'equations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM equations WHERE id = new.id);
  SELECT RAISE(ABORT, 'equations: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM equations WHERE key = new.key);
  SELECT RAISE(ABORT, 'equations: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'equations' AND alias = new.key);
END;
CREATE TRIGGER equations_update_guard BEFORE UPDATE ON equations BEGIN
  SELECT RAISE(ABORT, 'equations: id and key are fixed; to rename a row, first INSERT its old key INTO aliases')
    WHERE new.id IS NOT old.id OR (new.key IS NOT old.key AND NOT EXISTS (
      SELECT 1 FROM aliases WHERE table_name = 'equations' AND alias = old.key AND row_id = old.id));
  SELECT RAISE(ABORT, 'equations: another row has this key')
    WHERE EXISTS (SELECT 1 FROM equations WHERE key = new.key AND id <> old.id);
  SELECT RAISE(ABORT, 'equations: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'equations' AND alias = new.key
      AND row_id <> old.id);
END;
CREATE TRIGGER equations_delete_guard BEFORE DELETE ON equations BEGIN
  SELECT RAISE(ABORT, 'equations: aliases.row_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'equations' AND row_id = old.id);
END;
CREATE TRIGGER equations_updated AFTER UPDATE ON equations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'equations',
    old.key,
    old.id, 'update', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT new.key
    UNION ALL SELECT 'expression', old.expression WHERE old.expression IS NOT new.expression
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT new.title
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER equations_deleted AFTER DELETE ON equations BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'equations',
    old.key,
    old.id, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'expression', old.expression WHERE old.expression IS NOT NULL
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;

-- aliases
CREATE TRIGGER aliases_insert_guard BEFORE INSERT ON aliases BEGIN
  SELECT RAISE(ABORT, 'aliases: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE id = new.id);
  SELECT RAISE(ABORT, 'aliases: this table_name and alias are taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = new.table_name AND alias = new.alias);
END;
CREATE TRIGGER aliases_update_guard BEFORE UPDATE ON aliases BEGIN
  SELECT RAISE(ABORT, 'aliases: id, table_name and alias are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.table_name IS NOT old.table_name OR new.alias IS NOT old.alias;
END;
CREATE TRIGGER aliases_row_insert_guard BEFORE INSERT ON aliases BEGIN
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in sources')
    WHERE new.table_name = 'sources' AND NOT EXISTS (SELECT 1 FROM sources WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of sources')
    WHERE new.table_name = 'sources' AND EXISTS (SELECT 1 FROM sources WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in locations')
    WHERE new.table_name = 'locations' AND NOT EXISTS (SELECT 1 FROM locations WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of locations')
    WHERE new.table_name = 'locations' AND EXISTS (SELECT 1 FROM locations WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in measures')
    WHERE new.table_name = 'measures' AND NOT EXISTS (SELECT 1 FROM measures WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of measures')
    WHERE new.table_name = 'measures' AND EXISTS (SELECT 1 FROM measures WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in claims')
    WHERE new.table_name = 'claims' AND NOT EXISTS (SELECT 1 FROM claims WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of claims')
    WHERE new.table_name = 'claims' AND EXISTS (SELECT 1 FROM claims WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in figures')
    WHERE new.table_name = 'figures' AND NOT EXISTS (SELECT 1 FROM figures WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of figures')
    WHERE new.table_name = 'figures' AND EXISTS (SELECT 1 FROM figures WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in equations')
    WHERE new.table_name = 'equations' AND NOT EXISTS (SELECT 1 FROM equations WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of equations')
    WHERE new.table_name = 'equations' AND EXISTS (SELECT 1 FROM equations WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in profiles')
    WHERE new.table_name = 'profiles' AND NOT EXISTS (SELECT 1 FROM profiles WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of profiles')
    WHERE new.table_name = 'profiles' AND EXISTS (SELECT 1 FROM profiles WHERE key = new.alias AND id <> new.row_id);
END;
CREATE TRIGGER aliases_row_update_guard BEFORE UPDATE ON aliases BEGIN
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in sources')
    WHERE new.table_name = 'sources' AND NOT EXISTS (SELECT 1 FROM sources WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of sources')
    WHERE new.table_name = 'sources' AND EXISTS (SELECT 1 FROM sources WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in locations')
    WHERE new.table_name = 'locations' AND NOT EXISTS (SELECT 1 FROM locations WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of locations')
    WHERE new.table_name = 'locations' AND EXISTS (SELECT 1 FROM locations WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in measures')
    WHERE new.table_name = 'measures' AND NOT EXISTS (SELECT 1 FROM measures WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of measures')
    WHERE new.table_name = 'measures' AND EXISTS (SELECT 1 FROM measures WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in claims')
    WHERE new.table_name = 'claims' AND NOT EXISTS (SELECT 1 FROM claims WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of claims')
    WHERE new.table_name = 'claims' AND EXISTS (SELECT 1 FROM claims WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in figures')
    WHERE new.table_name = 'figures' AND NOT EXISTS (SELECT 1 FROM figures WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of figures')
    WHERE new.table_name = 'figures' AND EXISTS (SELECT 1 FROM figures WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in equations')
    WHERE new.table_name = 'equations' AND NOT EXISTS (SELECT 1 FROM equations WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of equations')
    WHERE new.table_name = 'equations' AND EXISTS (SELECT 1 FROM equations WHERE key = new.alias AND id <> new.row_id);
  SELECT RAISE(ABORT, 'aliases.row_id: no such row in profiles')
    WHERE new.table_name = 'profiles' AND NOT EXISTS (SELECT 1 FROM profiles WHERE id = new.row_id);
  SELECT RAISE(ABORT, 'aliases.alias: it is the key of another row of profiles')
    WHERE new.table_name = 'profiles' AND EXISTS (SELECT 1 FROM profiles WHERE key = new.alias AND id <> new.row_id);
END;
CREATE TRIGGER aliases_updated AFTER UPDATE ON aliases BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'aliases',
    old.table_name
    || ' | ' || old.alias,
    old.id, 'update', col, was FROM (
    SELECT 'row_id' AS col, old.row_id AS was WHERE old.row_id IS NOT new.row_id
  ) AS changed;
END;
CREATE TRIGGER aliases_deleted AFTER DELETE ON aliases BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'aliases',
    old.table_name
    || ' | ' || old.alias,
    old.id, 'delete', col, was FROM (
    SELECT 'table_name' AS col, old.table_name AS was WHERE old.table_name IS NOT NULL
    UNION ALL SELECT 'alias', old.alias WHERE old.alias IS NOT NULL
    UNION ALL SELECT 'row_id', old.row_id WHERE old.row_id IS NOT NULL
  ) AS changed;
END;

-- assessments
CREATE TRIGGER assessments_insert_guard BEFORE INSERT ON assessments BEGIN
  SELECT RAISE(ABORT, 'assessments: this id is taken; verdicts are append-only; INSERT a newer one')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE id = new.id);
  SELECT RAISE(ABORT, 'assessments: this verdict, by this assessor, at this time and for this reason, is recorded already; verdicts are append-only; INSERT a newer one')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE claim_id = new.claim_id AND at = new.at AND +assessor_id = new.assessor_id AND +status = new.status AND because = new.because);
  SELECT RAISE(ABORT, 'assessments.claim_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'assessments.status: no such row in statuses')
    WHERE NOT EXISTS (SELECT 1 FROM statuses WHERE code = new.status);
  SELECT RAISE(ABORT, 'assessments.credibility: no such row in credibilities')
    WHERE new.credibility IS NOT NULL AND NOT EXISTS (SELECT 1 FROM credibilities WHERE code = new.credibility);
  SELECT RAISE(ABORT, 'assessments.assessor_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.assessor_id);
END;
CREATE TRIGGER assessments_update_guard BEFORE UPDATE ON assessments BEGIN
  SELECT RAISE(ABORT, 'assessments: verdicts are append-only; INSERT a newer one')
    WHERE new.id IS NOT old.id OR new.claim_id IS NOT old.claim_id OR new.status IS NOT old.status OR new.credibility IS NOT old.credibility OR new.assessor_id IS NOT old.assessor_id OR new.at IS NOT old.at OR new.at_stated IS NOT old.at_stated OR new.because IS NOT old.because OR new.verdict IS NOT old.verdict;
END;
CREATE TRIGGER assessments_delete_guard BEFORE DELETE ON assessments BEGIN
  SELECT RAISE(ABORT, 'assessments: verdicts are append-only; INSERT a newer one');
END;

-- assessment_evidence
CREATE TRIGGER assessment_evidence_insert_guard BEFORE INSERT ON assessment_evidence BEGIN
  SELECT RAISE(ABORT, 'assessment_evidence: this id is taken; evidence belongs to its verdict and is append-only')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence WHERE id = new.id);
  SELECT RAISE(ABORT, 'assessment_evidence: this evidence is recorded for this verdict already; evidence belongs to its verdict and is append-only')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence WHERE assessment_id = new.assessment_id AND +source_id IS new.source_id AND +claim_id IS new.claim_id AND +figure_id IS new.figure_id AND locator IS new.locator);
  SELECT RAISE(ABORT, 'assessment_evidence.assessment_id: no such row in assessments')
    WHERE NOT EXISTS (SELECT 1 FROM assessments WHERE id = new.assessment_id);
  SELECT RAISE(ABORT, 'assessment_evidence.source_id: no such row in sources')
    WHERE new.source_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'assessment_evidence.claim_id: no such row in claims')
    WHERE new.claim_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'assessment_evidence.figure_id: no such row in figures')
    WHERE new.figure_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM figures WHERE id = new.figure_id);
END;
CREATE TRIGGER assessment_evidence_update_guard BEFORE UPDATE ON assessment_evidence BEGIN
  SELECT RAISE(ABORT, 'assessment_evidence: evidence belongs to its verdict and is append-only');
END;
CREATE TRIGGER assessment_evidence_delete_guard BEFORE DELETE ON assessment_evidence BEGIN
  SELECT RAISE(ABORT, 'assessment_evidence: evidence belongs to its verdict and is append-only');
END;

-- assessment_retractions
CREATE TRIGGER assessment_retractions_insert_guard BEFORE INSERT ON assessment_retractions BEGIN
  SELECT RAISE(ABORT, 'assessment_retractions: this id is taken; retractions are append-only')
    WHERE EXISTS (SELECT 1 FROM assessment_retractions WHERE id = new.id);
  SELECT RAISE(ABORT, 'assessment_retractions.assessment_id: no such row in assessments')
    WHERE NOT EXISTS (SELECT 1 FROM assessments WHERE id = new.assessment_id);
END;
CREATE TRIGGER assessment_retractions_update_guard BEFORE UPDATE ON assessment_retractions BEGIN
  SELECT RAISE(ABORT, 'assessment_retractions: retractions are append-only');
END;
CREATE TRIGGER assessment_retractions_delete_guard BEFORE DELETE ON assessment_retractions BEGIN
  SELECT RAISE(ABORT, 'assessment_retractions: retractions are append-only');
END;

-- sqlar
CREATE TRIGGER sqlar_insert_guard BEFORE INSERT ON sqlar BEGIN
  SELECT RAISE(ABORT, 'sqlar: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM sqlar WHERE id = new.id);
  SELECT RAISE(ABORT, 'sqlar: this name is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM sqlar WHERE name = new.name);
END;
CREATE TRIGGER sqlar_update_guard BEFORE UPDATE ON sqlar BEGIN
  SELECT RAISE(ABORT, 'sqlar: id and name are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.name IS NOT old.name;
END;
CREATE TRIGGER sqlar_delete_guard BEFORE DELETE ON sqlar BEGIN
  SELECT RAISE(ABORT, 'sqlar: captures.sqlar_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM captures WHERE sqlar_id = old.id);
  SELECT RAISE(ABORT, 'sqlar: capture_parts.first_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM capture_parts WHERE first_id = old.id);
  SELECT RAISE(ABORT, 'sqlar: capture_parts.sqlar_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM capture_parts WHERE sqlar_id = old.id);
END;

-- captures
CREATE TRIGGER captures_insert_guard BEFORE INSERT ON captures BEGIN
  SELECT RAISE(ABORT, 'captures: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM captures WHERE id = new.id);
  SELECT RAISE(ABORT, 'captures: this sqlar_id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM captures WHERE sqlar_id = new.sqlar_id);
  SELECT RAISE(ABORT, 'captures.source_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'captures.sqlar_id: no such row in sqlar')
    WHERE NOT EXISTS (SELECT 1 FROM sqlar WHERE id = new.sqlar_id);
END;
CREATE TRIGGER captures_update_guard BEFORE UPDATE ON captures BEGIN
  SELECT RAISE(ABORT, 'captures: id and sqlar_id are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.sqlar_id IS NOT old.sqlar_id;
  SELECT RAISE(ABORT, 'captures.source_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'captures.sqlar_id: no such row in sqlar')
    WHERE NOT EXISTS (SELECT 1 FROM sqlar WHERE id = new.sqlar_id);
END;
CREATE TRIGGER captures_updated AFTER UPDATE ON captures BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'captures',
    (SELECT key FROM sources WHERE id = old.source_id)
    || ' | ' || (SELECT name FROM sqlar WHERE id = old.sqlar_id),
    old.id, 'update', col, was FROM (
    SELECT 'source_id' AS col, (SELECT key FROM sources WHERE id = old.source_id) AS was WHERE old.source_id IS NOT new.source_id
    UNION ALL SELECT 'sha256', old.sha256 WHERE old.sha256 IS NOT new.sha256
    UNION ALL SELECT 'media_type', old.media_type WHERE old.media_type IS NOT new.media_type
    UNION ALL SELECT 'captured_at', old.captured_at WHERE old.captured_at IS NOT new.captured_at
    UNION ALL SELECT 'url', old.url WHERE old.url IS NOT new.url
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER captures_deleted AFTER DELETE ON captures BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'captures',
    (SELECT key FROM sources WHERE id = old.source_id)
    || ' | ' || (SELECT name FROM sqlar WHERE id = old.sqlar_id),
    old.id, 'delete', col, was FROM (
    SELECT 'source_id' AS col, (SELECT key FROM sources WHERE id = old.source_id) AS was WHERE old.source_id IS NOT NULL
    UNION ALL SELECT 'sqlar_id', (SELECT name FROM sqlar WHERE id = old.sqlar_id) WHERE old.sqlar_id IS NOT NULL
    UNION ALL SELECT 'sha256', old.sha256 WHERE old.sha256 IS NOT NULL
    UNION ALL SELECT 'media_type', old.media_type WHERE old.media_type IS NOT NULL
    UNION ALL SELECT 'captured_at', old.captured_at WHERE old.captured_at IS NOT NULL
    UNION ALL SELECT 'url', old.url WHERE old.url IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;

-- capture_parts
CREATE TRIGGER capture_parts_insert_guard BEFORE INSERT ON capture_parts BEGIN
  SELECT RAISE(ABORT, 'capture_parts: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM capture_parts WHERE id = new.id);
  SELECT RAISE(ABORT, 'capture_parts: this sqlar_id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM capture_parts WHERE sqlar_id = new.sqlar_id);
  SELECT RAISE(ABORT, 'capture_parts: this first_id and part are taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM capture_parts WHERE first_id = new.first_id AND part = new.part);
  SELECT RAISE(ABORT, 'capture_parts.first_id: no such row in sqlar')
    WHERE NOT EXISTS (SELECT 1 FROM sqlar WHERE id = new.first_id);
  SELECT RAISE(ABORT, 'capture_parts.sqlar_id: no such row in sqlar')
    WHERE NOT EXISTS (SELECT 1 FROM sqlar WHERE id = new.sqlar_id);
END;
CREATE TRIGGER capture_parts_update_guard BEFORE UPDATE ON capture_parts BEGIN
  SELECT RAISE(ABORT, 'capture_parts: id, first_id, part and sqlar_id are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.first_id IS NOT old.first_id OR new.part IS NOT old.part OR new.sqlar_id IS NOT old.sqlar_id;
  SELECT RAISE(ABORT, 'capture_parts.first_id: no such row in sqlar')
    WHERE NOT EXISTS (SELECT 1 FROM sqlar WHERE id = new.first_id);
  SELECT RAISE(ABORT, 'capture_parts.sqlar_id: no such row in sqlar')
    WHERE NOT EXISTS (SELECT 1 FROM sqlar WHERE id = new.sqlar_id);
END;

-- reports
CREATE TRIGGER reports_insert_guard BEFORE INSERT ON reports BEGIN
  SELECT RAISE(ABORT, 'reports: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM reports WHERE id = new.id);
  SELECT RAISE(ABORT, 'reports: this name is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM reports WHERE name = new.name);
END;
CREATE TRIGGER reports_update_guard BEFORE UPDATE ON reports BEGIN
  SELECT RAISE(ABORT, 'reports: id and name are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.name IS NOT old.name;
END;

-- revisions
CREATE TRIGGER revisions_insert_guard BEFORE INSERT ON revisions BEGIN
  SELECT RAISE(ABORT, 'revisions: this id is taken; revisions are append-only')
    WHERE EXISTS (SELECT 1 FROM revisions WHERE id = new.id);
  SELECT RAISE(ABORT, 'revisions.operation_id: no such row in operations')
    WHERE new.operation_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM operations WHERE id = new.operation_id);
END;
CREATE TRIGGER revisions_update_guard BEFORE UPDATE ON revisions BEGIN
  SELECT RAISE(ABORT, 'revisions: revisions are append-only');
END;
CREATE TRIGGER revisions_delete_guard BEFORE DELETE ON revisions BEGIN
  SELECT RAISE(ABORT, 'revisions: revisions are append-only');
END;

-- accepted_doubts
CREATE TRIGGER accepted_doubts_insert_guard BEFORE INSERT ON accepted_doubts BEGIN
  SELECT RAISE(ABORT, 'accepted_doubts: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM accepted_doubts WHERE id = new.id);
END;
CREATE TRIGGER accepted_doubts_update_guard BEFORE UPDATE ON accepted_doubts BEGIN
  SELECT RAISE(ABORT, 'accepted_doubts: id is fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id;
END;
CREATE TRIGGER accepted_doubts_updated AFTER UPDATE ON accepted_doubts BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'accepted_doubts',
    old.check_name
    || ' | ' || old.table_name
    || ' | ' || old.row_key
    || ' | ' || old.finding
    || ' | ' || old.at,
    old.id, 'update', col, was FROM (
    SELECT 'check_name' AS col, old.check_name AS was WHERE old.check_name IS NOT new.check_name
    UNION ALL SELECT 'table_name', old.table_name WHERE old.table_name IS NOT new.table_name
    UNION ALL SELECT 'row_key', old.row_key WHERE old.row_key IS NOT new.row_key
    UNION ALL SELECT 'finding', old.finding WHERE old.finding IS NOT new.finding
    UNION ALL SELECT 'at', old.at WHERE old.at IS NOT new.at
    UNION ALL SELECT 'by', old.by WHERE old.by IS NOT new.by
    UNION ALL SELECT 'because', old.because WHERE old.because IS NOT new.because
  ) AS changed;
END;
CREATE TRIGGER accepted_doubts_deleted AFTER DELETE ON accepted_doubts BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'accepted_doubts',
    old.check_name
    || ' | ' || old.table_name
    || ' | ' || old.row_key
    || ' | ' || old.finding
    || ' | ' || old.at,
    old.id, 'delete', col, was FROM (
    SELECT 'check_name' AS col, old.check_name AS was WHERE old.check_name IS NOT NULL
    UNION ALL SELECT 'table_name', old.table_name WHERE old.table_name IS NOT NULL
    UNION ALL SELECT 'row_key', old.row_key WHERE old.row_key IS NOT NULL
    UNION ALL SELECT 'finding', old.finding WHERE old.finding IS NOT NULL
    UNION ALL SELECT 'at', old.at WHERE old.at IS NOT NULL
    UNION ALL SELECT 'by', old.by WHERE old.by IS NOT NULL
    UNION ALL SELECT 'because', old.because WHERE old.because IS NOT NULL
  ) AS changed;
END;

-- profiles
CREATE TRIGGER profiles_insert_guard BEFORE INSERT ON profiles BEGIN
  SELECT RAISE(ABORT, 'profiles: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM profiles WHERE id = new.id);
  SELECT RAISE(ABORT, 'profiles: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM profiles WHERE key = new.key);
  SELECT RAISE(ABORT, 'profiles: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'profiles' AND alias = new.key);
END;
CREATE TRIGGER profiles_update_guard BEFORE UPDATE ON profiles BEGIN
  SELECT RAISE(ABORT, 'profiles: id and key are fixed; to rename a row, first INSERT its old key INTO aliases')
    WHERE new.id IS NOT old.id OR (new.key IS NOT old.key AND NOT EXISTS (
      SELECT 1 FROM aliases WHERE table_name = 'profiles' AND alias = old.key AND row_id = old.id));
  SELECT RAISE(ABORT, 'profiles: another row has this key')
    WHERE EXISTS (SELECT 1 FROM profiles WHERE key = new.key AND id <> old.id);
  SELECT RAISE(ABORT, 'profiles: this key is an alias of another row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'profiles' AND alias = new.key
      AND row_id <> old.id);
END;
CREATE TRIGGER profiles_delete_guard BEFORE DELETE ON profiles BEGIN
  SELECT RAISE(ABORT, 'profiles: aliases.row_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM aliases WHERE table_name = 'profiles' AND row_id = old.id);
END;
CREATE TRIGGER profiles_updated AFTER UPDATE ON profiles BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'profiles',
    old.key,
    old.id, 'update', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT new.key
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT new.title
    UNION ALL SELECT 'headings', old.headings WHERE old.headings IS NOT new.headings
    UNION ALL SELECT 'options', old.options WHERE old.options IS NOT new.options
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  ) AS changed;
END;
CREATE TRIGGER profiles_deleted AFTER DELETE ON profiles BEGIN
  INSERT INTO revisions (operation_id, by, table_name, row_key, row_id, action, column_name, was)
  SELECT (SELECT operation FROM archive), (SELECT editor FROM archive), 'profiles',
    old.key,
    old.id, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT NULL
    UNION ALL SELECT 'headings', old.headings WHERE old.headings IS NOT NULL
    UNION ALL SELECT 'options', old.options WHERE old.options IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  ) AS changed;
END;
