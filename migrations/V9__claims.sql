-- Claims, where they lie, who states them, and how they bear on each other.

-- One checkable proposition in the archive's own words, made by one or more sources.
CREATE TABLE claims (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among claims.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "claims.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND instr(key, char(0)) = 0),
  -- The proposition, in one sentence.
  text TEXT NOT NULL
    CONSTRAINT "claims.text is text and not empty"
    CHECK (typeof(text) = 'text' AND trim(text) <> '' AND instr(text, char(0)) = 0),
  -- What sort of proposition it is.
  kind TEXT NOT NULL REFERENCES claim_kinds (code)
    CONSTRAINT "claims.kind is text and not empty"
    CHECK (typeof(kind) = 'text' AND trim(kind) <> '' AND instr(kind, char(0)) = 0),
  -- When it happened or held (EDTF); NULL when not stated.
  happened TEXT
    CONSTRAINT "claims.happened is text"
    CHECK (typeof(happened) IN ('text', 'null')),
  -- By when a forecast or an intention should come true (EDTF); NULL when not stated or not
  -- such a claim.
  due TEXT
    CONSTRAINT "claims.due is text"
    CHECK (typeof(due) IN ('text', 'null')),
  -- How exactly a data set dates it, where one says so (UCDP 1 to 5); NULL when the date
  -- itself is all there is.
  date_precision INTEGER REFERENCES date_precisions (code)
    CONSTRAINT "claims.date_precision is an integer"
    CHECK (typeof(date_precision) IN ('integer', 'null')),
  -- The current verdict. Kept by triggers from assessments: the latest by archive.desk, else
  -- the latest by anyone.
  status TEXT NOT NULL DEFAULT 'unassessed' REFERENCES statuses (code)
    CONSTRAINT "claims.status is text and not empty"
    CHECK (typeof(status) = 'text' AND trim(status) <> '' AND instr(status, char(0)) = 0),
  -- Why the archive withdrew the claim; it is then left out of reports. NULL while it stands.
  withdrawn TEXT
    CONSTRAINT "claims.withdrawn is text, or NULL; never empty"
    CHECK (typeof(withdrawn) IN ('text', 'null') AND trim(withdrawn) <> '' AND instr(withdrawn, char(0)) = 0),
  -- A remark by the archive about this claim; NULL when there is none.
  note TEXT
    CONSTRAINT "claims.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0)
);
-- Serves counts and lists by status.
CREATE INDEX claims_by_status ON claims (status);

-- Where a claim is said to have happened or to hold.
CREATE TABLE claim_locations (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The claim.
  claim_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "claim_locations.claim_id is an integer"
    CHECK (typeof(claim_id) = 'integer'),
  -- The place.
  location_id INTEGER NOT NULL REFERENCES locations (id)
    CONSTRAINT "claim_locations.location_id is an integer"
    CHECK (typeof(location_id) = 'integer'),
  -- How the claim lies to the place.
  relation TEXT NOT NULL DEFAULT 'at' REFERENCES place_relations (code)
    CONSTRAINT "claim_locations.relation is text and not empty"
    CHECK (typeof(relation) = 'text' AND trim(relation) <> '' AND instr(relation, char(0)) = 0),
  -- The words of the source for the place; NULL when they are its name.
  words TEXT
    CONSTRAINT "claim_locations.words is text, or NULL; never empty"
    CHECK (typeof(words) IN ('text', 'null') AND trim(words) <> '' AND instr(words, char(0)) = 0),
  -- A remark by the archive about this place of the claim; NULL when there is none.
  note TEXT
    CONSTRAINT "claim_locations.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0),
  UNIQUE (claim_id, location_id, relation)
);
-- Serves "what is claimed of this place?" and the delete guard.
CREATE INDEX claim_locations_by_location ON claim_locations (location_id);

-- A source states (or denies) a claim: in which document, by which speaker, how surely.
CREATE TABLE mentions (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The claim.
  claim_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "mentions.claim_id is an integer"
    CHECK (typeof(claim_id) = 'integer'),
  -- The document, footage or other source that carries it.
  source_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "mentions.source_id is an integer"
    CHECK (typeof(source_id) = 'integer'),
  -- Who says it there; NULL when the source says it in its own voice.
  speaker_id INTEGER REFERENCES sources (id)
    CONSTRAINT "mentions.speaker_id is an integer"
    CHECK (typeof(speaker_id) IN ('integer', 'null')),
  -- What the source does with the claim.
  stance TEXT NOT NULL DEFAULT 'asserts' REFERENCES stances (code)
    CONSTRAINT "mentions.stance is text and not empty"
    CHECK (typeof(stance) = 'text' AND trim(stance) <> '' AND instr(stance, char(0)) = 0),
  -- How sure it says it is.
  hedge TEXT NOT NULL DEFAULT 'none' REFERENCES hedges (code)
    CONSTRAINT "mentions.hedge is text and not empty"
    CHECK (typeof(hedge) = 'text' AND trim(hedge) <> '' AND instr(hedge, char(0)) = 0),
  -- Where in the source: a paragraph, a page, a time; NULL when not recorded.
  locator TEXT
    CONSTRAINT "mentions.locator is text, or NULL; never empty"
    CHECK (typeof(locator) IN ('text', 'null') AND trim(locator) <> '' AND instr(locator, char(0)) = 0),
  -- A short quotation in the source's language; NULL when none is kept.
  quote TEXT
    CONSTRAINT "mentions.quote is text, or NULL; never empty"
    CHECK (typeof(quote) IN ('text', 'null') AND trim(quote) <> '' AND instr(quote, char(0)) = 0),
  -- When it was said (EDTF); NULL when not stated.
  said_on TEXT
    CONSTRAINT "mentions.said_on is text"
    CHECK (typeof(said_on) IN ('text', 'null')),
  -- A remark by the archive about this mention; NULL when there is none.
  note TEXT
    CONSTRAINT "mentions.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0)
);
-- Serves "what does this source state?" and the delete guard.
CREATE INDEX mentions_by_source ON mentions (source_id);
-- Serves "what does this speaker say?" and the delete guard.
CREATE INDEX mentions_by_speaker ON mentions (speaker_id);
-- A source states a claim once at a place in it, by a speaker; NULLs count as equal here, which
-- a UNIQUE constraint would not do.
CREATE UNIQUE INDEX mentions_once ON mentions (claim_id, source_id, ifnull(speaker_id, 0), ifnull(locator, ''), stance);

-- How one claim bears on another.
CREATE TABLE claim_links (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The claim that bears on the other.
  from_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "claim_links.from_id is an integer"
    CHECK (typeof(from_id) = 'integer'),
  -- How it does.
  relation TEXT NOT NULL REFERENCES link_relations (code)
    CONSTRAINT "claim_links.relation is text and not empty"
    CHECK (typeof(relation) = 'text' AND trim(relation) <> '' AND instr(relation, char(0)) = 0),
  -- The other claim.
  to_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "claim_links.to_id is an integer"
    CHECK (typeof(to_id) = 'integer'),
  -- A remark by the archive about this link; NULL when there is none.
  note TEXT
    CONSTRAINT "claim_links.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0),
  UNIQUE (from_id, relation, to_id),
  CONSTRAINT "a claim is not linked to itself"
    CHECK (from_id <> to_id)
);
-- Serves links read from the other end and the delete guard.
CREATE INDEX claim_links_by_target ON claim_links (to_id);

CREATE TRIGGER claims_insert_guard BEFORE INSERT ON claims BEGIN
  SELECT RAISE(ABORT, 'claims: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claims WHERE id = new.id);
  SELECT RAISE(ABORT, 'claims: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM claims WHERE key = new.key);
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
  SELECT RAISE(ABORT, 'claims.status is kept from assessments: leave it out, then INSERT INTO assessments')
    WHERE new.status <> 'unassessed';
END;
CREATE TRIGGER claims_update_guard BEFORE UPDATE ON claims BEGIN
  SELECT RAISE(ABORT, 'claims: id and key are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.key IS NOT old.key;
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
  SELECT RAISE(ABORT, 'claims.status is kept from assessments: record a verdict with INSERT INTO assessments')
    WHERE new.status IS NOT old.status AND new.status IS NOT (
      SELECT coalesce(
        (SELECT a.status FROM assessments AS a
          WHERE a.id = (SELECT assessment_id FROM current_assessments WHERE claim_id = old.id)),
        'unassessed'));
END;

CREATE TRIGGER claims_updated AFTER UPDATE ON claims BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'claims', old.key, 'update', col, was FROM (
    SELECT 'text' AS col, old.text AS was WHERE old.text IS NOT new.text
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT new.kind
    UNION ALL SELECT 'happened', old.happened WHERE old.happened IS NOT new.happened
    UNION ALL SELECT 'due', old.due WHERE old.due IS NOT new.due
    UNION ALL SELECT 'date_precision', old.date_precision WHERE old.date_precision IS NOT new.date_precision
    UNION ALL SELECT 'withdrawn', old.withdrawn WHERE old.withdrawn IS NOT new.withdrawn
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER claims_deleted AFTER DELETE ON claims BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'claims', old.key, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'text', old.text WHERE old.text IS NOT NULL
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT NULL
    UNION ALL SELECT 'happened', old.happened WHERE old.happened IS NOT NULL
    UNION ALL SELECT 'due', old.due WHERE old.due IS NOT NULL
    UNION ALL SELECT 'date_precision', old.date_precision WHERE old.date_precision IS NOT NULL
    UNION ALL SELECT 'withdrawn', old.withdrawn WHERE old.withdrawn IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;

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
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'claim_locations', (SELECT key FROM claims WHERE id = old.claim_id) || ' | ' || old.relation || ' | '
    || (SELECT key FROM locations WHERE id = old.location_id), 'update', col, was FROM (
    SELECT 'claim_id' AS col, (SELECT key FROM claims WHERE id = old.claim_id) AS was WHERE old.claim_id IS NOT new.claim_id
    UNION ALL SELECT 'location_id', (SELECT key FROM locations WHERE id = old.location_id) WHERE old.location_id IS NOT new.location_id
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT new.relation
    UNION ALL SELECT 'words', old.words WHERE old.words IS NOT new.words
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER claim_locations_deleted AFTER DELETE ON claim_locations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'claim_locations', (SELECT key FROM claims WHERE id = old.claim_id) || ' | ' || old.relation || ' | '
    || (SELECT key FROM locations WHERE id = old.location_id), 'delete', col, was FROM (
    SELECT 'claim_id' AS col, (SELECT key FROM claims WHERE id = old.claim_id) AS was WHERE old.claim_id IS NOT NULL
    UNION ALL SELECT 'location_id', (SELECT key FROM locations WHERE id = old.location_id) WHERE old.location_id IS NOT NULL
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT NULL
    UNION ALL SELECT 'words', old.words WHERE old.words IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;

CREATE TRIGGER mentions_insert_guard BEFORE INSERT ON mentions BEGIN
  SELECT RAISE(ABORT, 'mentions: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE id = new.id);
  SELECT RAISE(ABORT, 'mentions: this source, speaker, locator and stance are recorded for this claim already; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM mentions AS o WHERE o.claim_id = new.claim_id AND o.source_id = new.source_id
      AND +o.speaker_id IS new.speaker_id AND o.locator IS new.locator AND o.stance = new.stance);
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
    WHERE EXISTS (SELECT 1 FROM mentions AS o WHERE o.claim_id = new.claim_id AND o.source_id = new.source_id
      AND +o.speaker_id IS new.speaker_id AND o.locator IS new.locator AND o.stance = new.stance AND o.id <> old.id);
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
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'mentions', (SELECT key FROM claims WHERE id = old.claim_id) || ' | ' || (SELECT key FROM sources WHERE id = old.source_id)
    || ifnull(' | ' || (SELECT key FROM sources WHERE id = old.speaker_id), '') || ifnull(' | ' || old.locator, ''), 'update', col, was FROM (
    SELECT 'claim_id' AS col, (SELECT key FROM claims WHERE id = old.claim_id) AS was WHERE old.claim_id IS NOT new.claim_id
    UNION ALL SELECT 'source_id', (SELECT key FROM sources WHERE id = old.source_id) WHERE old.source_id IS NOT new.source_id
    UNION ALL SELECT 'speaker_id', (SELECT key FROM sources WHERE id = old.speaker_id) WHERE old.speaker_id IS NOT new.speaker_id
    UNION ALL SELECT 'stance', old.stance WHERE old.stance IS NOT new.stance
    UNION ALL SELECT 'hedge', old.hedge WHERE old.hedge IS NOT new.hedge
    UNION ALL SELECT 'locator', old.locator WHERE old.locator IS NOT new.locator
    UNION ALL SELECT 'quote', old.quote WHERE old.quote IS NOT new.quote
    UNION ALL SELECT 'said_on', old.said_on WHERE old.said_on IS NOT new.said_on
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER mentions_deleted AFTER DELETE ON mentions BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'mentions', (SELECT key FROM claims WHERE id = old.claim_id) || ' | ' || (SELECT key FROM sources WHERE id = old.source_id)
    || ifnull(' | ' || (SELECT key FROM sources WHERE id = old.speaker_id), '') || ifnull(' | ' || old.locator, ''), 'delete', col, was FROM (
    SELECT 'claim_id' AS col, (SELECT key FROM claims WHERE id = old.claim_id) AS was WHERE old.claim_id IS NOT NULL
    UNION ALL SELECT 'source_id', (SELECT key FROM sources WHERE id = old.source_id) WHERE old.source_id IS NOT NULL
    UNION ALL SELECT 'speaker_id', (SELECT key FROM sources WHERE id = old.speaker_id) WHERE old.speaker_id IS NOT NULL
    UNION ALL SELECT 'stance', old.stance WHERE old.stance IS NOT NULL
    UNION ALL SELECT 'hedge', old.hedge WHERE old.hedge IS NOT NULL
    UNION ALL SELECT 'locator', old.locator WHERE old.locator IS NOT NULL
    UNION ALL SELECT 'quote', old.quote WHERE old.quote IS NOT NULL
    UNION ALL SELECT 'said_on', old.said_on WHERE old.said_on IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;

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
  SELECT RAISE(ABORT, 'claim_links: this relation holds both ways and is recorded the other way round already')
    WHERE EXISTS (SELECT 1 FROM claim_links AS l JOIN link_relations AS r ON r.code = l.relation
      WHERE r.symmetric = 1 AND l.relation = new.relation AND l.from_id = new.to_id AND l.to_id = new.from_id);
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
  SELECT RAISE(ABORT, 'claim_links: this relation holds both ways and is recorded the other way round already')
    WHERE EXISTS (SELECT 1 FROM claim_links AS l JOIN link_relations AS r ON r.code = l.relation
      WHERE r.symmetric = 1 AND l.relation = new.relation AND l.from_id = new.to_id AND l.to_id = new.from_id
        AND l.id <> old.id);
END;

CREATE TRIGGER claim_links_updated AFTER UPDATE ON claim_links BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'claim_links', (SELECT key FROM claims WHERE id = old.from_id) || ' | ' || old.relation || ' | '
    || (SELECT key FROM claims WHERE id = old.to_id), 'update', col, was FROM (
    SELECT 'from_id' AS col, (SELECT key FROM claims WHERE id = old.from_id) AS was WHERE old.from_id IS NOT new.from_id
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT new.relation
    UNION ALL SELECT 'to_id', (SELECT key FROM claims WHERE id = old.to_id) WHERE old.to_id IS NOT new.to_id
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER claim_links_deleted AFTER DELETE ON claim_links BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'claim_links', (SELECT key FROM claims WHERE id = old.from_id) || ' | ' || old.relation || ' | '
    || (SELECT key FROM claims WHERE id = old.to_id), 'delete', col, was FROM (
    SELECT 'from_id' AS col, (SELECT key FROM claims WHERE id = old.from_id) AS was WHERE old.from_id IS NOT NULL
    UNION ALL SELECT 'relation', old.relation WHERE old.relation IS NOT NULL
    UNION ALL SELECT 'to_id', (SELECT key FROM claims WHERE id = old.to_id) WHERE old.to_id IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;
