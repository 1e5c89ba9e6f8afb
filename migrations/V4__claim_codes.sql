-- The code lists of claims, mentions and links.

-- What sort of proposition a claim is.
CREATE TABLE claim_kinds (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "claim_kinds.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "claim_kinds.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "claim_kinds.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "claim_kinds.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO claim_kinds (code, label, definition, rank) VALUES
  ('event', 'Event', 'Something happened.', 1),
  ('state', 'State', 'Something holds or held over a time.', 2),
  ('quantity', 'Quantity', 'Something amounts to a number.', 3),
  ('forecast', 'Forecast', 'Something will or may happen.', 4),
  ('intention', 'Intention', 'Someone means to do something.', 5),
  ('opinion', 'Opinion', 'Someone judges something.', 6);

-- What a source does with a claim it mentions.
CREATE TABLE stances (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "stances.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "stances.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "stances.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- 1 when the mention counts towards the claim's origins.
  counts INTEGER NOT NULL
    CONSTRAINT "stances.counts is 0 or 1"
    CHECK (typeof(counts) = 'integer' AND counts IN (0, 1)),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "stances.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO stances (code, label, definition, counts, rank) VALUES
  ('asserts', 'asserts', 'States that it is so.', 1, 1),
  ('supports', 'supports', 'Shows or says something that bears it out.', 1, 2),
  ('disputes', 'disputes', 'Calls it into question.', 0, 3),
  ('denies', 'denies', 'States that it is not so.', 0, 4),
  ('retracts', 'retracts', 'Takes back its own statement.', 0, 5);

-- How sure a source says it is of what it states.
CREATE TABLE hedges (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "hedges.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "hedges.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "hedges.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "hedges.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO hedges (code, label, definition, rank) VALUES
  ('none', 'no hedge', 'Stated as fact.', 1),
  ('reported', 'reported', 'Said to be so: reportedly, according to others.', 2),
  ('alleged', 'alleged', 'Said to be so at arm''s length: allegedly, purportedly, appears to.', 3),
  ('unconfirmed', 'unconfirmed', 'Said not to be confirmed or verified.', 4),
  ('estimated', 'estimated', 'Given as an estimate.', 5),
  ('possible', 'possible', 'Could, may or might be so.', 6),
  ('feared', 'feared', 'Feared or warned of.', 7);

-- How one claim bears on another.
CREATE TABLE link_relations (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "link_relations.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "link_relations.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "link_relations.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- 1 when it holds both ways, so that one row says it for both.
  symmetric INTEGER NOT NULL
    CONSTRAINT "link_relations.symmetric is 0 or 1"
    CHECK (typeof(symmetric) = 'integer' AND symmetric IN (0, 1)),
  -- 1 when the two cannot both be taken as they stand.
  conflict INTEGER NOT NULL
    CONSTRAINT "link_relations.conflict is 0 or 1"
    CHECK (typeof(conflict) = 'integer' AND conflict IN (0, 1)),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "link_relations.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO link_relations (code, label, definition, symmetric, conflict, rank) VALUES
  ('contradicts', 'contradicts', 'Not both can be true.', 1, 1, 1),
  ('in_tension_with', 'is in tension with', 'Both can be true, but hardly as they stand.', 1, 1, 2),
  ('supports', 'supports', 'The one makes the other likelier.', 0, 0, 3),
  ('updates', 'updates', 'The one gives a later state of what the other says.', 0, 0, 4),
  ('corrects', 'corrects', 'The one puts the other right.', 0, 1, 5),
  ('duplicates', 'duplicates', 'Both say the same.', 1, 0, 6),
  ('part_of', 'is part of', 'The one is a part of the other.', 0, 0, 7);

CREATE TRIGGER claim_kinds_insert_guard BEFORE INSERT ON claim_kinds BEGIN
  SELECT RAISE(ABORT, 'claim_kinds: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claim_kinds WHERE id = new.id);
  SELECT RAISE(ABORT, 'claim_kinds: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claim_kinds WHERE code = new.code);
END;
CREATE TRIGGER claim_kinds_update_guard BEFORE UPDATE ON claim_kinds BEGIN
  SELECT RAISE(ABORT, 'claim_kinds: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'claim_kinds: another row has this code')
    WHERE EXISTS (SELECT 1 FROM claim_kinds WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER claim_kinds_updated AFTER UPDATE ON claim_kinds BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'claim_kinds', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER claim_kinds_deleted AFTER DELETE ON claim_kinds BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'claim_kinds', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER stances_insert_guard BEFORE INSERT ON stances BEGIN
  SELECT RAISE(ABORT, 'stances: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM stances WHERE id = new.id);
  SELECT RAISE(ABORT, 'stances: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM stances WHERE code = new.code);
END;
CREATE TRIGGER stances_update_guard BEFORE UPDATE ON stances BEGIN
  SELECT RAISE(ABORT, 'stances: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'stances: another row has this code')
    WHERE EXISTS (SELECT 1 FROM stances WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER stances_updated AFTER UPDATE ON stances BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'stances', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'counts', old.counts WHERE old.counts IS NOT new.counts
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER stances_deleted AFTER DELETE ON stances BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'stances', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'counts', old.counts WHERE old.counts IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER hedges_insert_guard BEFORE INSERT ON hedges BEGIN
  SELECT RAISE(ABORT, 'hedges: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM hedges WHERE id = new.id);
  SELECT RAISE(ABORT, 'hedges: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM hedges WHERE code = new.code);
END;
CREATE TRIGGER hedges_update_guard BEFORE UPDATE ON hedges BEGIN
  SELECT RAISE(ABORT, 'hedges: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'hedges: another row has this code')
    WHERE EXISTS (SELECT 1 FROM hedges WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER hedges_updated AFTER UPDATE ON hedges BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'hedges', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER hedges_deleted AFTER DELETE ON hedges BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'hedges', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER link_relations_insert_guard BEFORE INSERT ON link_relations BEGIN
  SELECT RAISE(ABORT, 'link_relations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM link_relations WHERE id = new.id);
  SELECT RAISE(ABORT, 'link_relations: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM link_relations WHERE code = new.code);
END;
CREATE TRIGGER link_relations_update_guard BEFORE UPDATE ON link_relations BEGIN
  SELECT RAISE(ABORT, 'link_relations: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'link_relations: another row has this code')
    WHERE EXISTS (SELECT 1 FROM link_relations WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER link_relations_updated AFTER UPDATE ON link_relations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'link_relations', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'symmetric', old.symmetric WHERE old.symmetric IS NOT new.symmetric
    UNION ALL SELECT 'conflict', old.conflict WHERE old.conflict IS NOT new.conflict
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER link_relations_deleted AFTER DELETE ON link_relations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'link_relations', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'symmetric', old.symmetric WHERE old.symmetric IS NOT NULL
    UNION ALL SELECT 'conflict', old.conflict WHERE old.conflict IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;
