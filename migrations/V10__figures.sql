-- Measures, figures as stated, what bounds follow from them, and equations between them.

-- What is counted, precisely enough to know which figures may be compared.
CREATE TABLE measures (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among measures.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "measures.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND instr(key, char(0)) = 0),
  -- What is counted, in a few words.
  title TEXT NOT NULL
    CONSTRAINT "measures.title is text and not empty"
    CHECK (typeof(title) = 'text' AND trim(title) <> '' AND instr(title, char(0)) = 0),
  -- What sort of thing is counted.
  dimension TEXT NOT NULL REFERENCES dimensions (code)
    CONSTRAINT "measures.dimension is text and not empty"
    CHECK (typeof(dimension) = 'text' AND trim(dimension) <> '' AND instr(dimension, char(0)) = 0),
  -- Where, when, of whom and by whose count; NULL when the title says it all.
  scope TEXT
    CONSTRAINT "measures.scope is text, or NULL; never empty"
    CHECK (typeof(scope) IN ('text', 'null') AND trim(scope) <> '' AND instr(scope, char(0)) = 0),
  -- The unit its figures are in unless they say otherwise (an ISO 4217 code for money); NULL
  -- when things are simply counted.
  unit TEXT
    CONSTRAINT "measures.unit is text, or NULL; never empty"
    CHECK (typeof(unit) IN ('text', 'null') AND trim(unit) <> '' AND instr(unit, char(0)) = 0),
  -- How the number may change with time.
  growth TEXT NOT NULL REFERENCES growths (code)
    CONSTRAINT "measures.growth is text and not empty"
    CHECK (typeof(growth) = 'text' AND trim(growth) <> '' AND instr(growth, char(0)) = 0),
  -- When a cumulative count begins (EDTF); NULL when not stated or not cumulative.
  starts TEXT
    CONSTRAINT "measures.starts is text"
    CHECK (typeof(starts) IN ('text', 'null')),
  -- A remark by the archive about this measure; NULL when there is none.
  note TEXT
    CONSTRAINT "measures.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0)
);

-- A number inside a claim, as stated.
CREATE TABLE figures (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among figures; CLAIM-MEASURE unless given.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "figures.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND instr(key, char(0)) = 0),
  -- The claim that holds it.
  claim_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "figures.claim_id is an integer"
    CHECK (typeof(claim_id) = 'integer'),
  -- What it counts.
  measure_id INTEGER NOT NULL REFERENCES measures (id)
    CONSTRAINT "figures.measure_id is an integer"
    CHECK (typeof(measure_id) = 'integer'),
  -- The number as stated; NULL when a range or words alone are.
  value NUMERIC
    CONSTRAINT "figures.value is a finite number"
    CHECK (typeof(value) IN ('integer', 'real', 'null') AND value BETWEEN -1.7e308 AND 1.7e308),
  -- The lower end as stated; NULL when none is.
  low NUMERIC
    CONSTRAINT "figures.low is a finite number"
    CHECK (typeof(low) IN ('integer', 'real', 'null') AND low BETWEEN -1.7e308 AND 1.7e308),
  -- The upper end as stated; NULL when none is.
  high NUMERIC
    CONSTRAINT "figures.high is a finite number"
    CHECK (typeof(high) IN ('integer', 'real', 'null') AND high BETWEEN -1.7e308 AND 1.7e308),
  -- How exact it is said to be.
  qualifier TEXT NOT NULL DEFAULT 'exact' REFERENCES qualifiers (code)
    CONSTRAINT "figures.qualifier is text and not empty"
    CHECK (typeof(qualifier) = 'text' AND trim(qualifier) <> '' AND instr(qualifier, char(0)) = 0),
  -- The unit, where it is not the measure's own; NULL otherwise.
  unit TEXT
    CONSTRAINT "figures.unit is text, or NULL; never empty"
    CHECK (typeof(unit) IN ('text', 'null') AND trim(unit) <> '' AND instr(unit, char(0)) = 0),
  -- The figure it is a part of ("69 of 407"); NULL when none is named.
  out_of_id INTEGER REFERENCES figures (id)
    CONSTRAINT "figures.out_of_id is an integer"
    CHECK (typeof(out_of_id) IN ('integer', 'null')),
  -- The day or period it is given for (EDTF; a period is an interval); NULL when not stated.
  as_of TEXT
    CONSTRAINT "figures.as_of is text"
    CHECK (typeof(as_of) IN ('text', 'null')),
  -- The number's own words, in the source's language; NULL when not kept.
  said TEXT
    CONSTRAINT "figures.said is text, or NULL; never empty"
    CHECK (typeof(said) IN ('text', 'null') AND trim(said) <> '' AND instr(said, char(0)) = 0),
  -- A remark by the archive about this figure; NULL when there is none.
  note TEXT
    CONSTRAINT "figures.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0),
  CONSTRAINT "figures.low is not above figures.high"
    CHECK (low <= high),
  CONSTRAINT "figures.value is not below figures.low"
    CHECK (value >= low),
  CONSTRAINT "figures.value is not above figures.high"
    CHECK (value <= high),
  CONSTRAINT "a figure is not out of itself"
    CHECK (out_of_id <> id)
);
-- Serves the figures of a claim and the delete guard.
CREATE INDEX figures_by_claim ON figures (claim_id);
-- Serves comparison on a measure and the delete guard.
CREATE INDEX figures_by_measure ON figures (measure_id);
-- Serves the delete guard.
CREATE INDEX figures_by_whole ON figures (out_of_id);

-- Figures that must tie out.
CREATE TABLE equations (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among equations.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "equations.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND instr(key, char(0)) = 0),
  -- Figure keys (a measure key where one source states it once), numbers, + - * / ( ), and
  -- one of = ~ < > <= >=; ~ means that the intervals meet.
  expression TEXT NOT NULL
    CONSTRAINT "equations.expression is text and not empty"
    CHECK (typeof(expression) = 'text' AND trim(expression) <> '' AND instr(expression, char(0)) = 0),
  -- What it says, in a few words; NULL when the expression says it.
  title TEXT
    CONSTRAINT "equations.title is text, or NULL; never empty"
    CHECK (typeof(title) IN ('text', 'null') AND trim(title) <> '' AND instr(title, char(0)) = 0),
  -- A remark by the archive about this equation; NULL when there is none.
  note TEXT
    CONSTRAINT "equations.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0)
);

CREATE TRIGGER measures_insert_guard BEFORE INSERT ON measures BEGIN
  SELECT RAISE(ABORT, 'measures: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM measures WHERE id = new.id);
  SELECT RAISE(ABORT, 'measures: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM measures WHERE key = new.key);
  SELECT RAISE(ABORT, 'measures.dimension: no such row in dimensions')
    WHERE NOT EXISTS (SELECT 1 FROM dimensions WHERE code = new.dimension);
  SELECT RAISE(ABORT, 'measures.growth: no such row in growths')
    WHERE NOT EXISTS (SELECT 1 FROM growths WHERE code = new.growth);
  INSERT INTO dates (edtf) SELECT new.starts WHERE new.starts IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.starts);
END;
CREATE TRIGGER measures_update_guard BEFORE UPDATE ON measures BEGIN
  SELECT RAISE(ABORT, 'measures: id and key are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.key IS NOT old.key;
  SELECT RAISE(ABORT, 'measures.dimension: no such row in dimensions')
    WHERE NOT EXISTS (SELECT 1 FROM dimensions WHERE code = new.dimension);
  SELECT RAISE(ABORT, 'measures.growth: no such row in growths')
    WHERE NOT EXISTS (SELECT 1 FROM growths WHERE code = new.growth);
  INSERT INTO dates (edtf) SELECT new.starts WHERE new.starts IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = new.starts);
END;

CREATE TRIGGER measures_updated AFTER UPDATE ON measures BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'measures', old.key, 'update', col, was FROM (
    SELECT 'title' AS col, old.title AS was WHERE old.title IS NOT new.title
    UNION ALL SELECT 'dimension', old.dimension WHERE old.dimension IS NOT new.dimension
    UNION ALL SELECT 'scope', old.scope WHERE old.scope IS NOT new.scope
    UNION ALL SELECT 'unit', old.unit WHERE old.unit IS NOT new.unit
    UNION ALL SELECT 'growth', old.growth WHERE old.growth IS NOT new.growth
    UNION ALL SELECT 'starts', old.starts WHERE old.starts IS NOT new.starts
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER measures_deleted AFTER DELETE ON measures BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'measures', old.key, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT NULL
    UNION ALL SELECT 'dimension', old.dimension WHERE old.dimension IS NOT NULL
    UNION ALL SELECT 'scope', old.scope WHERE old.scope IS NOT NULL
    UNION ALL SELECT 'unit', old.unit WHERE old.unit IS NOT NULL
    UNION ALL SELECT 'growth', old.growth WHERE old.growth IS NOT NULL
    UNION ALL SELECT 'starts', old.starts WHERE old.starts IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;

CREATE TRIGGER figures_insert_guard BEFORE INSERT ON figures BEGIN
  SELECT RAISE(ABORT, 'figures: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM figures WHERE id = new.id);
  SELECT RAISE(ABORT, 'figures: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM figures WHERE key = new.key);
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
  SELECT RAISE(ABORT, 'figures: a number is needed, unless the qualifier is one that needs none, such as tens, unknown or unquantified')
    WHERE new.value IS NULL AND new.low IS NULL AND new.high IS NULL AND NOT EXISTS (
      SELECT 1 FROM qualifiers WHERE code = new.qualifier
        AND (least IS NOT NULL OR most IS NOT NULL OR code IN ('unknown', 'unquantified')));
  SELECT RAISE(ABORT, 'figures: this qualifier says that there is no number; leave value, low and high out')
    WHERE new.qualifier IN ('none', 'unknown', 'unquantified')
      AND (new.value IS NOT NULL OR new.low IS NOT NULL OR new.high IS NOT NULL);
  SELECT RAISE(ABORT, 'figures: between needs both low and high')
    WHERE new.qualifier = 'between' AND (new.low IS NULL OR new.high IS NULL);
END;
CREATE TRIGGER figures_update_guard BEFORE UPDATE ON figures BEGIN
  SELECT RAISE(ABORT, 'figures: id and key are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.key IS NOT old.key;
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
  SELECT RAISE(ABORT, 'figures: a number is needed, unless the qualifier is one that needs none, such as tens, unknown or unquantified')
    WHERE new.value IS NULL AND new.low IS NULL AND new.high IS NULL AND NOT EXISTS (
      SELECT 1 FROM qualifiers WHERE code = new.qualifier
        AND (least IS NOT NULL OR most IS NOT NULL OR code IN ('unknown', 'unquantified')));
  SELECT RAISE(ABORT, 'figures: this qualifier says that there is no number; leave value, low and high out')
    WHERE new.qualifier IN ('none', 'unknown', 'unquantified')
      AND (new.value IS NOT NULL OR new.low IS NOT NULL OR new.high IS NOT NULL);
  SELECT RAISE(ABORT, 'figures: between needs both low and high')
    WHERE new.qualifier = 'between' AND (new.low IS NULL OR new.high IS NULL);
END;

CREATE TRIGGER figures_updated AFTER UPDATE ON figures BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'figures', old.key, 'update', col, was FROM (
    SELECT 'claim_id' AS col, (SELECT key FROM claims WHERE id = old.claim_id) AS was WHERE old.claim_id IS NOT new.claim_id
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
  );
END;
CREATE TRIGGER figures_deleted AFTER DELETE ON figures BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'figures', old.key, 'delete', col, was FROM (
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
  );
END;

CREATE TRIGGER equations_insert_guard BEFORE INSERT ON equations BEGIN
  SELECT RAISE(ABORT, 'equations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM equations WHERE id = new.id);
  SELECT RAISE(ABORT, 'equations: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM equations WHERE key = new.key);
END;
CREATE TRIGGER equations_update_guard BEFORE UPDATE ON equations BEGIN
  SELECT RAISE(ABORT, 'equations: id and key are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.key IS NOT old.key;
END;

CREATE TRIGGER equations_updated AFTER UPDATE ON equations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'equations', old.key, 'update', col, was FROM (
    SELECT 'expression' AS col, old.expression AS was WHERE old.expression IS NOT new.expression
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT new.title
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER equations_deleted AFTER DELETE ON equations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'equations', old.key, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'expression', old.expression WHERE old.expression IS NOT NULL
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;

-- What a figure can mean at least and at most: the ends as stated, else the value with the
-- tolerance of its qualifier, else what the qualifier's word alone allows. A bound that nothing
-- gives stays NULL (open); it is never taken from the denominator.
CREATE VIEW figure_bounds AS
SELECT id AS figure_id, key, measure_id, unit, as_of, lower, upper,
  CASE WHEN lower IS NULL THEN 1 ELSE 0 END AS lower_open,
  CASE WHEN upper IS NULL THEN 1 ELSE 0 END AS upper_open,
  CASE WHEN lower IS NOT NULL AND low IS NULL AND value IS NOT NULL THEN excludes_low ELSE 0 END AS lower_exclusive,
  CASE WHEN upper IS NOT NULL AND high IS NULL AND value IS NOT NULL THEN excludes_high ELSE 0 END AS upper_exclusive,
  -- 1 when a tolerance of the qualifier, not the source, made one of the bounds.
  CASE WHEN (lower IS NOT NULL AND low IS NULL AND ifnull(lower <> value, 1) AND code <> 'none')
    OR (upper IS NOT NULL AND high IS NULL AND ifnull(upper <> value, 1) AND code <> 'none')
    THEN 1 ELSE 0 END AS assumed
FROM (
  SELECT f.id, f.key, f.measure_id, coalesce(f.unit, m.unit) AS unit, f.as_of, f.value, f.low, f.high,
    q.code, q.excludes_low, q.excludes_high,
    CASE
      WHEN f.low IS NOT NULL THEN f.low
      WHEN f.value IS NOT NULL THEN f.value - abs(f.value) * q.below_factor - q.below_absolute
      WHEN f.high IS NULL THEN q.least
    END AS lower,
    CASE
      WHEN f.high IS NOT NULL THEN f.high
      WHEN f.value IS NOT NULL THEN f.value + abs(f.value) * q.above_factor + q.above_absolute
      WHEN f.low IS NULL THEN q.most
    END AS upper
  FROM figures AS f
  JOIN measures AS m ON m.id = f.measure_id
  JOIN qualifiers AS q ON q.code = f.qualifier
);
