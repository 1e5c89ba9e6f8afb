-- The code lists of sources.

-- What a source is.
CREATE TABLE source_kinds (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "source_kinds.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "source_kinds.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "source_kinds.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- 1 when it can speak: a person, a body, an unnamed party.
  is_party INTEGER NOT NULL
    CONSTRAINT "source_kinds.is_party is 0 or 1"
    CHECK (typeof(is_party) = 'integer' AND is_party IN (0, 1)),
  -- 0 when the source is known only by description.
  is_named INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "source_kinds.is_named is 0 or 1"
    CHECK (typeof(is_named) = 'integer' AND is_named IN (0, 1)),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "source_kinds.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO source_kinds (code, label, definition, is_party, is_named, rank) VALUES
  ('article', 'Article', 'A news article, feature or wire story.', 0, 1, 1),
  ('report', 'Report', 'A report, study, letter or official document.', 0, 1, 2),
  ('review', 'Review', 'A published fact-check.', 0, 1, 3),
  ('post', 'Post', 'A post on a social network or messaging channel.', 0, 1, 4),
  ('page', 'Page', 'A web page that is none of these.', 0, 1, 5),
  ('book', 'Book', 'A book or a part of one.', 0, 1, 6),
  ('dataset', 'Data set', 'A table or database of records.', 0, 1, 7),
  ('video', 'Video', 'Moving pictures.', 0, 1, 8),
  ('image', 'Image', 'A photograph, picture or map.', 0, 1, 9),
  ('audio', 'Audio', 'Sound.', 0, 1, 10),
  ('broadcast', 'Broadcast', 'A radio or television programme.', 0, 1, 11),
  ('person', 'Person', 'A named person.', 1, 1, 12),
  ('organisation', 'Organisation', 'A named body: ministry, company, agency, armed group, outlet.', 1, 1, 13),
  ('unnamed', 'Unnamed party', 'Someone known only by a description, such as "a security source".', 1, 0, 14);

-- How one source draws on another.
CREATE TABLE origin_relations (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "origin_relations.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "origin_relations.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "origin_relations.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- 1 when the whole text is taken over, so that the one is never independent of the other; 0
  -- when a part is.
  whole_text INTEGER NOT NULL
    CONSTRAINT "origin_relations.whole_text is 0 or 1"
    CHECK (typeof(whole_text) = 'integer' AND whole_text IN (0, 1)),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "origin_relations.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO origin_relations (code, label, definition, whole_text, rank) VALUES
  ('translates', 'translates', 'A translation of it.', 1, 1),
  ('syndicates', 'syndicates', 'Carries it under agreement, as with a wire story.', 1, 2),
  ('copies', 'copies', 'Repeats it without saying so.', 1, 3),
  ('quotes', 'quotes', 'Quotes words from it.', 0, 4),
  ('cites', 'cites', 'Refers to it or shows it for some of what it says.', 0, 5),
  ('revises', 'revises', 'A later version of it, changed.', 0, 6),
  ('speaks_for', 'speaks for', 'A person or unnamed party speaks for a body.', 0, 7);

CREATE TRIGGER source_kinds_insert_guard BEFORE INSERT ON source_kinds BEGIN
  SELECT RAISE(ABORT, 'source_kinds: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM source_kinds WHERE id = new.id);
  SELECT RAISE(ABORT, 'source_kinds: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM source_kinds WHERE code = new.code);
END;
CREATE TRIGGER source_kinds_update_guard BEFORE UPDATE ON source_kinds BEGIN
  SELECT RAISE(ABORT, 'source_kinds: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'source_kinds: another row has this code')
    WHERE EXISTS (SELECT 1 FROM source_kinds WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER source_kinds_updated AFTER UPDATE ON source_kinds BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'source_kinds', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'is_party', old.is_party WHERE old.is_party IS NOT new.is_party
    UNION ALL SELECT 'is_named', old.is_named WHERE old.is_named IS NOT new.is_named
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER source_kinds_deleted AFTER DELETE ON source_kinds BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'source_kinds', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'is_party', old.is_party WHERE old.is_party IS NOT NULL
    UNION ALL SELECT 'is_named', old.is_named WHERE old.is_named IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER origin_relations_insert_guard BEFORE INSERT ON origin_relations BEGIN
  SELECT RAISE(ABORT, 'origin_relations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM origin_relations WHERE id = new.id);
  SELECT RAISE(ABORT, 'origin_relations: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM origin_relations WHERE code = new.code);
END;
CREATE TRIGGER origin_relations_update_guard BEFORE UPDATE ON origin_relations BEGIN
  SELECT RAISE(ABORT, 'origin_relations: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'origin_relations: another row has this code')
    WHERE EXISTS (SELECT 1 FROM origin_relations WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER origin_relations_updated AFTER UPDATE ON origin_relations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'origin_relations', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'whole_text', old.whole_text WHERE old.whole_text IS NOT new.whole_text
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER origin_relations_deleted AFTER DELETE ON origin_relations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'origin_relations', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'whole_text', old.whole_text WHERE old.whole_text IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;
