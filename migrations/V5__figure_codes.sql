-- The code lists of figures, with the tolerances of words such as "about".

-- How exact a figure is said to be, and the tolerance that figure_bounds derives from it.
-- Anyone may change the tolerances; the change leaves a revision.
CREATE TABLE qualifiers (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "qualifiers.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "qualifiers.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "qualifiers.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Part of the value by which the true number may lie below it (0.1 = 10 %); NULL when there
  -- is no bound below.
  below_factor NUMERIC
    CONSTRAINT "qualifiers.below_factor is a finite number"
    CHECK (typeof(below_factor) IN ('integer', 'real', 'null') AND below_factor BETWEEN -1.7e308 AND 1.7e308),
  -- Part of the value by which the true number may lie above it; NULL when there is no bound
  -- above.
  above_factor NUMERIC
    CONSTRAINT "qualifiers.above_factor is a finite number"
    CHECK (typeof(above_factor) IN ('integer', 'real', 'null') AND above_factor BETWEEN -1.7e308 AND 1.7e308),
  -- Further distance below the value, in the figure's unit.
  below_absolute NUMERIC NOT NULL DEFAULT 0
    CONSTRAINT "qualifiers.below_absolute is a finite number"
    CHECK (typeof(below_absolute) IN ('integer', 'real') AND below_absolute BETWEEN -1.7e308 AND 1.7e308),
  -- Further distance above the value, in the figure's unit.
  above_absolute NUMERIC NOT NULL DEFAULT 0
    CONSTRAINT "qualifiers.above_absolute is a finite number"
    CHECK (typeof(above_absolute) IN ('integer', 'real') AND above_absolute BETWEEN -1.7e308 AND 1.7e308),
  -- Lower bound of a figure that has the word alone and no number; NULL when the word gives
  -- none.
  least NUMERIC
    CONSTRAINT "qualifiers.least is a finite number"
    CHECK (typeof(least) IN ('integer', 'real', 'null') AND least BETWEEN -1.7e308 AND 1.7e308),
  -- Upper bound of a figure that has the word alone and no number; NULL when the word gives
  -- none.
  most NUMERIC
    CONSTRAINT "qualifiers.most is a finite number"
    CHECK (typeof(most) IN ('integer', 'real', 'null') AND most BETWEEN -1.7e308 AND 1.7e308),
  -- 1 when the lower bound itself is ruled out ("over 50").
  excludes_low INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "qualifiers.excludes_low is 0 or 1"
    CHECK (typeof(excludes_low) = 'integer' AND excludes_low IN (0, 1)),
  -- 1 when the upper bound itself is ruled out ("under 50").
  excludes_high INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "qualifiers.excludes_high is 0 or 1"
    CHECK (typeof(excludes_high) = 'integer' AND excludes_high IN (0, 1)),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "qualifiers.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO qualifiers (code, label, definition, below_factor, above_factor, least, most, excludes_low, excludes_high, rank) VALUES
  ('exact', 'exactly', 'The number as it stands.', 0, 0, NULL, NULL, 0, 0, 1),
  ('about', 'about', 'Near the number, on either side: about, around, roughly, some; a fraction in words.', 0.1, 0.1, NULL, NULL, 0, 0, 2),
  ('nearly', 'nearly', 'Just short of the number: nearly, almost, close to.', 0.1, 0, NULL, NULL, 0, 1, 3),
  ('over', 'over', 'More than the number.', 0, NULL, NULL, NULL, 1, 0, 4),
  ('at_least', 'at least', 'The number or more.', 0, NULL, NULL, NULL, 0, 0, 5),
  ('under', 'under', 'Less than the number.', NULL, 0, NULL, NULL, 0, 1, 6),
  ('at_most', 'at most', 'The number or less: at most, up to.', NULL, 0, NULL, NULL, 0, 0, 7),
  ('between', 'between', 'From the low to the high end as stated.', 0, 0, NULL, NULL, 0, 0, 8),
  ('several', 'several', 'The word alone: more than two.', 0, 0, 3, NULL, 0, 0, 9),
  ('tens', 'tens', 'The word alone: 20 to 99.', 0, 0, 20, 99, 0, 0, 10),
  ('dozens', 'dozens', 'The word alone: 24 to 99.', 0, 0, 24, 99, 0, 0, 11),
  ('hundreds', 'hundreds', 'The word alone: 200 to 999.', 0, 0, 200, 999, 0, 0, 12),
  ('thousands', 'thousands', 'The word alone: 2,000 to 9,999.', 0, 0, 2000, 9999, 0, 0, 13),
  ('tens_of_thousands', 'tens of thousands', 'The words alone: 20,000 to 99,999.', 0, 0, 20000, 99999, 0, 0, 14),
  ('none', 'none', 'The source says in words that there were none.', 0, 0, 0, 0, 0, 0, 15),
  ('unknown', 'unknown', 'The source says that the number is not known.', NULL, NULL, NULL, NULL, 0, 0, 16),
  ('unquantified', 'no number said', 'An amount is meant, and no number is said ("months of siege").', NULL, NULL, NULL, NULL, 0, 0, 17);

-- How a measured number may change with time, and so which figures may be compared.
CREATE TABLE growths (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "growths.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "growths.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "growths.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "growths.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO growths (code, label, definition, rank) VALUES
  ('constant', 'Constant', 'Does not change; figures are always compared.', 1),
  ('level', 'Level', 'Goes up and down; figures of one day are compared, a later one is an update.', 2),
  ('cumulative', 'Cumulative', 'Only grows from its start; a later rise is an update, a later fall a conflict.', 3),
  ('per_period', 'Per period', 'Belongs to a period; figures of the same period are compared.', 4);

-- What sort of thing a measure counts.
CREATE TABLE dimensions (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "dimensions.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "dimensions.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "dimensions.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "dimensions.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO dimensions (code, label, definition, rank) VALUES
  ('people', 'People', 'Persons.', 1),
  ('money', 'Money', 'A sum in a currency.', 2),
  ('share', 'Share', 'A part of a whole, as a fraction of 1.', 3),
  ('ratio', 'Ratio', 'How many times as much.', 4),
  ('duration', 'Duration', 'A length of time.', 5),
  ('distance', 'Distance', 'A length.', 6),
  ('area', 'Area', 'A surface.', 7),
  ('districts', 'Districts', 'Administrative districts.', 8),
  ('places', 'Places', 'Towns, posts, sites and other places.', 9),
  ('objects', 'Objects', 'Vehicles, weapons, pylons and other things.', 10),
  ('events', 'Events', 'Attacks, incidents and other events.', 11);

CREATE TRIGGER qualifiers_insert_guard BEFORE INSERT ON qualifiers BEGIN
  SELECT RAISE(ABORT, 'qualifiers: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM qualifiers WHERE id = new.id);
  SELECT RAISE(ABORT, 'qualifiers: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM qualifiers WHERE code = new.code);
END;
CREATE TRIGGER qualifiers_update_guard BEFORE UPDATE ON qualifiers BEGIN
  SELECT RAISE(ABORT, 'qualifiers: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'qualifiers: another row has this code')
    WHERE EXISTS (SELECT 1 FROM qualifiers WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER qualifiers_updated AFTER UPDATE ON qualifiers BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'qualifiers', old.code, 'update', col, was FROM (
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
  );
END;
CREATE TRIGGER qualifiers_deleted AFTER DELETE ON qualifiers BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'qualifiers', old.code, 'delete', col, was FROM (
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
  );
END;

CREATE TRIGGER growths_insert_guard BEFORE INSERT ON growths BEGIN
  SELECT RAISE(ABORT, 'growths: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM growths WHERE id = new.id);
  SELECT RAISE(ABORT, 'growths: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM growths WHERE code = new.code);
END;
CREATE TRIGGER growths_update_guard BEFORE UPDATE ON growths BEGIN
  SELECT RAISE(ABORT, 'growths: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'growths: another row has this code')
    WHERE EXISTS (SELECT 1 FROM growths WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER growths_updated AFTER UPDATE ON growths BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'growths', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER growths_deleted AFTER DELETE ON growths BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'growths', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER dimensions_insert_guard BEFORE INSERT ON dimensions BEGIN
  SELECT RAISE(ABORT, 'dimensions: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM dimensions WHERE id = new.id);
  SELECT RAISE(ABORT, 'dimensions: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM dimensions WHERE code = new.code);
END;
CREATE TRIGGER dimensions_update_guard BEFORE UPDATE ON dimensions BEGIN
  SELECT RAISE(ABORT, 'dimensions: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'dimensions: another row has this code')
    WHERE EXISTS (SELECT 1 FROM dimensions WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER dimensions_updated AFTER UPDATE ON dimensions BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'dimensions', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER dimensions_deleted AFTER DELETE ON dimensions BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'dimensions', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;
