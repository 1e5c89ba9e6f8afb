-- The code lists of places, and of how exactly places and dates are known.

-- What sort of place a location is.
CREATE TABLE location_kinds (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "location_kinds.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "location_kinds.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "location_kinds.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "location_kinds.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO location_kinds (code, label, definition, rank) VALUES
  ('region', 'Region', 'Part of the world above or across countries.', 1),
  ('country', 'Country', 'A state.', 2),
  ('province', 'Province', 'First-order division of a country.', 3),
  ('district', 'District', 'Second-order division of a country.', 4),
  ('area', 'Area', 'A region of a country with no administration of its own, such as "the north".', 5),
  ('city', 'City', 'A large town.', 6),
  ('town', 'Town', 'A town.', 7),
  ('village', 'Village', 'A village or hamlet.', 8),
  ('quarter', 'Quarter', 'A part of a city or town.', 9),
  ('site', 'Site', 'A building, base, road, bridge, crossing or other point.', 10),
  ('sea', 'Sea', 'Waters or airspace.', 11);

-- How exactly coordinates say where something is. UCDP GED codebook, where_prec.
CREATE TABLE location_precisions (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The number that rows of other tables hold.
  code INTEGER NOT NULL UNIQUE
    CONSTRAINT "location_precisions.code is an integer"
    CHECK (typeof(code) = 'integer'),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "location_precisions.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "location_precisions.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "location_precisions.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO location_precisions (code, label, definition, rank) VALUES
  (1, 'Exact', 'The exact location is known.', 1),
  (2, 'Within 25 km', 'Near a known point, within about 25 km of it.', 2),
  (3, 'District', 'Known to the second-order division; the point stands for it.', 3),
  (4, 'Province', 'Known to the first-order division; the point stands for it.', 4),
  (5, 'Linear or fuzzy', 'A border, river, road or area that is no administrative division; the point stands for it.', 5),
  (6, 'Country', 'Known to the country; the point stands for it.', 6),
  (7, 'Sea or air', 'International waters or airspace; the point stands for it.', 7);

-- How exactly a data set dates an event. UCDP GED codebook, date_prec.
CREATE TABLE date_precisions (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The number that rows of other tables hold.
  code INTEGER NOT NULL UNIQUE
    CONSTRAINT "date_precisions.code is an integer"
    CHECK (typeof(code) = 'integer'),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "date_precisions.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "date_precisions.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "date_precisions.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO date_precisions (code, label, definition, rank) VALUES
  (1, 'Day', 'The exact day is known.', 1),
  (2, 'Days', 'Two to six days.', 2),
  (3, 'Week', 'A week.', 3),
  (4, 'Month', 'Eight days to a month.', 4),
  (5, 'Year', 'More than a month, up to a year.', 5);

-- How a claim lies to a place.
CREATE TABLE place_relations (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "place_relations.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "place_relations.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "place_relations.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- 1 when the claim counts for the places that hold this one; 0 when it may lie outside.
  counts_upward INTEGER NOT NULL
    CONSTRAINT "place_relations.counts_upward is 0 or 1"
    CHECK (typeof(counts_upward) = 'integer' AND counts_upward IN (0, 1)),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "place_relations.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO place_relations (code, label, definition, counts_upward, rank) VALUES
  ('at', 'at', 'At the place or in all of it.', 1, 1),
  ('within', 'within', 'Somewhere inside the place.', 1, 2),
  ('unnamed_within', 'unnamed, within', 'At a place that is not named, inside this one ("another district").', 1, 3),
  ('near', 'near', 'Close to the place, not said to be inside.', 0, 4),
  ('toward', 'toward', 'In the direction of the place.', 0, 5);

CREATE TRIGGER location_kinds_insert_guard BEFORE INSERT ON location_kinds BEGIN
  SELECT RAISE(ABORT, 'location_kinds: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_kinds WHERE id = new.id);
  SELECT RAISE(ABORT, 'location_kinds: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_kinds WHERE code = new.code);
END;
CREATE TRIGGER location_kinds_update_guard BEFORE UPDATE ON location_kinds BEGIN
  SELECT RAISE(ABORT, 'location_kinds: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'location_kinds: another row has this code')
    WHERE EXISTS (SELECT 1 FROM location_kinds WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER location_kinds_updated AFTER UPDATE ON location_kinds BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'location_kinds', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER location_kinds_deleted AFTER DELETE ON location_kinds BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'location_kinds', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER location_precisions_insert_guard BEFORE INSERT ON location_precisions BEGIN
  SELECT RAISE(ABORT, 'location_precisions: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_precisions WHERE id = new.id);
  SELECT RAISE(ABORT, 'location_precisions: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_precisions WHERE code = new.code);
END;
CREATE TRIGGER location_precisions_update_guard BEFORE UPDATE ON location_precisions BEGIN
  SELECT RAISE(ABORT, 'location_precisions: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'location_precisions: another row has this code')
    WHERE EXISTS (SELECT 1 FROM location_precisions WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER location_precisions_updated AFTER UPDATE ON location_precisions BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'location_precisions', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER location_precisions_deleted AFTER DELETE ON location_precisions BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'location_precisions', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER date_precisions_insert_guard BEFORE INSERT ON date_precisions BEGIN
  SELECT RAISE(ABORT, 'date_precisions: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM date_precisions WHERE id = new.id);
  SELECT RAISE(ABORT, 'date_precisions: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM date_precisions WHERE code = new.code);
END;
CREATE TRIGGER date_precisions_update_guard BEFORE UPDATE ON date_precisions BEGIN
  SELECT RAISE(ABORT, 'date_precisions: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'date_precisions: another row has this code')
    WHERE EXISTS (SELECT 1 FROM date_precisions WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER date_precisions_updated AFTER UPDATE ON date_precisions BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'date_precisions', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER date_precisions_deleted AFTER DELETE ON date_precisions BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'date_precisions', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER place_relations_insert_guard BEFORE INSERT ON place_relations BEGIN
  SELECT RAISE(ABORT, 'place_relations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM place_relations WHERE id = new.id);
  SELECT RAISE(ABORT, 'place_relations: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM place_relations WHERE code = new.code);
END;
CREATE TRIGGER place_relations_update_guard BEFORE UPDATE ON place_relations BEGIN
  SELECT RAISE(ABORT, 'place_relations: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'place_relations: another row has this code')
    WHERE EXISTS (SELECT 1 FROM place_relations WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER place_relations_updated AFTER UPDATE ON place_relations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'place_relations', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'counts_upward', old.counts_upward WHERE old.counts_upward IS NOT new.counts_upward
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER place_relations_deleted AFTER DELETE ON place_relations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'place_relations', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'counts_upward', old.counts_upward WHERE old.counts_upward IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;
