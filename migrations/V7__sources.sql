-- Sources, where they have their matter from, and how reliable they have been judged.

-- Anything that says or shows something: a document, footage, a person, a body, an unnamed
-- party.
CREATE TABLE sources (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among sources.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "sources.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND instr(key, char(0)) = 0),
  -- What it is.
  kind TEXT NOT NULL REFERENCES source_kinds (code)
    CONSTRAINT "sources.kind is text and not empty"
    CHECK (typeof(kind) = 'text' AND trim(kind) <> '' AND instr(kind, char(0)) = 0),
  -- Title of a document; name and role of a person; description of an unnamed party.
  title TEXT NOT NULL
    CONSTRAINT "sources.title is text and not empty"
    CHECK (typeof(title) = 'text' AND trim(title) <> '' AND instr(title, char(0)) = 0),
  -- Who wrote or made it, as named there; NULL when not stated.
  author TEXT
    CONSTRAINT "sources.author is text, or NULL; never empty"
    CHECK (typeof(author) IN ('text', 'null') AND trim(author) <> '' AND instr(author, char(0)) = 0),
  -- The publication, channel or account that carried it; NULL when not stated or not a
  -- document.
  outlet TEXT
    CONSTRAINT "sources.outlet is text, or NULL; never empty"
    CHECK (typeof(outlet) IN ('text', 'null') AND trim(outlet) <> '' AND instr(outlet, char(0)) = 0),
  -- The body behind the outlet; NULL when not stated.
  publisher TEXT
    CONSTRAINT "sources.publisher is text, or NULL; never empty"
    CHECK (typeof(publisher) IN ('text', 'null') AND trim(publisher) <> '' AND instr(publisher, char(0)) = 0),
  -- Where it was found; NULL when it has no address or none is known.
  url TEXT
    CONSTRAINT "sources.url is text, or NULL; never empty"
    CHECK (typeof(url) IN ('text', 'null') AND trim(url) <> '' AND instr(url, char(0)) = 0),
  -- Where an independent archive holds it; NULL when none is known.
  archived_url TEXT
    CONSTRAINT "sources.archived_url is text, or NULL; never empty"
    CHECK (typeof(archived_url) IN ('text', 'null') AND trim(archived_url) <> '' AND instr(archived_url, char(0)) = 0),
  -- DOI, ISBN, document number or the like, as printed; NULL when there is none.
  identifier TEXT
    CONSTRAINT "sources.identifier is text, or NULL; never empty"
    CHECK (typeof(identifier) IN ('text', 'null') AND trim(identifier) <> '' AND instr(identifier, char(0)) = 0),
  -- BCP 47 tag of its language; NULL when not stated.
  language TEXT
    CONSTRAINT "sources.language is text, or NULL; never empty"
    CHECK (typeof(language) IN ('text', 'null') AND trim(language) <> '' AND instr(language, char(0)) = 0),
  -- When it was published (EDTF); NULL when not stated.
  published TEXT
    CONSTRAINT "sources.published is text"
    CHECK (typeof(published) IN ('text', 'null')),
  -- When the archive took it in (EDTF); NULL when not recorded.
  retrieved TEXT
    CONSTRAINT "sources.retrieved is text"
    CHECK (typeof(retrieved) IN ('text', 'null')),
  -- Licence or terms, in its own words; NULL when not stated.
  rights TEXT
    CONSTRAINT "sources.rights is text, or NULL; never empty"
    CHECK (typeof(rights) IN ('text', 'null') AND trim(rights) <> '' AND instr(rights, char(0)) = 0),
  -- SHA-256 of its bytes as found, lower-case hexadecimal, by which a copy is proved; NULL
  -- when none is stated.
  sha256 TEXT
    CONSTRAINT "sources.sha256 is 64 lower-case hexadecimal digits"
    CHECK (typeof(sha256) IN ('text', 'null') AND length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  -- A remark by the archive about this source; NULL when there is none.
  note TEXT
    CONSTRAINT "sources.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0)
);
-- Serves lists of parties or of documents.
CREATE INDEX sources_by_kind ON sources (kind);

-- Where a source has its matter from: an edge from a source to the one it draws on.
CREATE TABLE source_origins (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The source that draws on another.
  source_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "source_origins.source_id is an integer"
    CHECK (typeof(source_id) = 'integer'),
  -- How it does.
  relation TEXT NOT NULL REFERENCES origin_relations (code)
    CONSTRAINT "source_origins.relation is text and not empty"
    CHECK (typeof(relation) = 'text' AND trim(relation) <> '' AND instr(relation, char(0)) = 0),
  -- The source it draws on.
  origin_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "source_origins.origin_id is an integer"
    CHECK (typeof(origin_id) = 'integer'),
  -- A remark by the archive about this edge; NULL when there is none.
  note TEXT
    CONSTRAINT "source_origins.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0),
  UNIQUE (source_id, relation, origin_id),
  CONSTRAINT "a source is not its own origin"
    CHECK (source_id <> origin_id)
);
-- Serves "who draws on this source?" and the delete guard.
CREATE INDEX source_origins_by_origin ON source_origins (origin_id);

-- Reliability of a source as judged on a day. The latest grade holds; earlier ones stay.
CREATE TABLE source_grades (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The source graded.
  source_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "source_grades.source_id is an integer"
    CHECK (typeof(source_id) = 'integer'),
  -- A to F; F means that it cannot be judged, never "middling".
  reliability TEXT NOT NULL REFERENCES reliabilities (code)
    CONSTRAINT "source_grades.reliability is text and not empty"
    CHECK (typeof(reliability) = 'text' AND trim(reliability) <> '' AND instr(reliability, char(0)) = 0),
  -- When it was graded (UTC).
  at TEXT NOT NULL
    CONSTRAINT "source_grades.at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(at) = 'text' AND at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(at, '+0 days') = substr(at, 1, 10) AND substr(at, 12, 2) < '24'
      AND at >= '0001' AND instr(at, char(0)) = 0),
  -- The source that graded it.
  grader_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "source_grades.grader_id is an integer"
    CHECK (typeof(grader_id) = 'integer'),
  -- The reason.
  because TEXT NOT NULL
    CONSTRAINT "source_grades.because is text and not empty"
    CHECK (typeof(because) = 'text' AND trim(because) <> '' AND instr(because, char(0)) = 0),
  UNIQUE (source_id, grader_id, at)
);
-- Serves the delete guard of sources.
CREATE INDEX source_grades_by_grader ON source_grades (grader_id);

CREATE TRIGGER sources_insert_guard BEFORE INSERT ON sources BEGIN
  SELECT RAISE(ABORT, 'sources: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM sources WHERE id = new.id);
  SELECT RAISE(ABORT, 'sources: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM sources WHERE key = new.key);
  SELECT RAISE(ABORT, 'sources.kind: no such row in source_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM source_kinds WHERE code = new.kind);
  INSERT INTO dates (edtf) SELECT new.published WHERE new.published IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.published);
  INSERT INTO dates (edtf) SELECT new.retrieved WHERE new.retrieved IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.retrieved);
END;
CREATE TRIGGER sources_update_guard BEFORE UPDATE ON sources BEGIN
  SELECT RAISE(ABORT, 'sources: id and key are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.key IS NOT old.key;
  SELECT RAISE(ABORT, 'sources.kind: no such row in source_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM source_kinds WHERE code = new.kind);
  INSERT INTO dates (edtf) SELECT new.published WHERE new.published IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.published);
  INSERT INTO dates (edtf) SELECT new.retrieved WHERE new.retrieved IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.retrieved);
END;

CREATE TRIGGER sources_updated AFTER UPDATE ON sources BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'sources', old.key, 'update', col, was FROM (
    SELECT 'kind' AS col, old.kind AS was WHERE old.kind IS NOT new.kind
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
  );
END;
CREATE TRIGGER sources_deleted AFTER DELETE ON sources BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'sources', old.key, 'delete', col, was FROM (
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
  );
END;

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
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'source_origins', (SELECT key FROM sources WHERE id = old.source_id) || ' | ' || old.relation || ' | '
    || (SELECT key FROM sources WHERE id = old.origin_id), 'update', col, was FROM (
    SELECT 'source_id' AS col, (SELECT key FROM sources WHERE id = old.source_id) AS was WHERE old.source_id IS NOT new.source_id
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT new.relation
    UNION ALL SELECT 'origin_id', (SELECT key FROM sources WHERE id = old.origin_id) WHERE old.origin_id IS NOT new.origin_id
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER source_origins_deleted AFTER DELETE ON source_origins BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'source_origins', (SELECT key FROM sources WHERE id = old.source_id) || ' | ' || old.relation || ' | '
    || (SELECT key FROM sources WHERE id = old.origin_id), 'delete', col, was FROM (
    SELECT 'source_id' AS col, (SELECT key FROM sources WHERE id = old.source_id) AS was WHERE old.source_id IS NOT NULL
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT NULL
    UNION ALL SELECT 'origin_id', (SELECT key FROM sources WHERE id = old.origin_id) WHERE old.origin_id IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;

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
