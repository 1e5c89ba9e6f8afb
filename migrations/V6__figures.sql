-- Measures, figures as stated, and equations between them.
--
-- Stated numbers are NUMERIC, here and in qualifiers, so that 350 stays the integer 350 and 0.1 a real
-- number; REAL would make 350.0 of it, which says more than the source did.

-- Measures: what figures count, precisely enough to decide which of them are compared.
CREATE TABLE measures (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among measures.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "measures.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND length(key) <= 1000000
      AND instr(key, char(0)) = 0),
  -- What is counted, in a few words.
  title TEXT NOT NULL
    CONSTRAINT "measures.title is text, not empty, and at most a million characters"
    CHECK (typeof(title) = 'text' AND trim(title) <> '' AND length(title) <= 1000000 AND instr(title, char(0)) = 0),
  -- The kind of thing that is counted.
  dimension TEXT NOT NULL REFERENCES dimensions (code)
    CONSTRAINT "measures.dimension is text, not empty, and at most a million characters"
    CHECK (typeof(dimension) = 'text' AND trim(dimension) <> ''
      AND length(dimension) <= 1000000 AND instr(dimension, char(0)) = 0),
  -- Where, when, of whom and by whose count; NULL when the title says it all.
  scope TEXT
    CONSTRAINT "measures.scope is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(scope) IN ('text', 'null') AND trim(scope) <> ''
      AND length(scope) <= 1000000 AND instr(scope, char(0)) = 0),
  -- The unit its figures are in unless they say otherwise (an ISO 4217 code for money); NULL
  -- when things are simply counted.
  unit TEXT
    CONSTRAINT "measures.unit is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(unit) IN ('text', 'null') AND trim(unit) <> ''
      AND length(unit) <= 1000000 AND instr(unit, char(0)) = 0),
  -- The way in which the number changes with time.
  growth TEXT NOT NULL REFERENCES growths (code)
    CONSTRAINT "measures.growth is text, not empty, and at most a million characters"
    CHECK (typeof(growth) = 'text' AND trim(growth) <> ''
      AND length(growth) <= 1000000 AND instr(growth, char(0)) = 0),
  -- When a cumulative count begins (EDTF); NULL when not stated or not cumulative.
  starts TEXT
    CONSTRAINT "measures.starts is text"
    CHECK (typeof(starts) IN ('text', 'null')),
  -- Your note on this measure; NULL when there is none.
  note TEXT
    CONSTRAINT "measures.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0)
);

-- A number inside a claim, as stated.
CREATE TABLE figures (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among figures; CLAIM-MEASURE unless given.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "figures.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND length(key) <= 1000000
      AND instr(key, char(0)) = 0),
  -- The claim that holds it.
  claim_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "figures.claim_id is an integer"
    CHECK (typeof(claim_id) = 'integer'),
  -- Its measure: what it counts.
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
  -- How exact it is stated to be.
  qualifier TEXT NOT NULL DEFAULT 'exact' REFERENCES qualifiers (code)
    CONSTRAINT "figures.qualifier is text, not empty, and at most a million characters"
    CHECK (typeof(qualifier) = 'text' AND trim(qualifier) <> ''
      AND length(qualifier) <= 1000000 AND instr(qualifier, char(0)) = 0),
  -- The unit, where it is not the measure's own; NULL otherwise.
  unit TEXT
    CONSTRAINT "figures.unit is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(unit) IN ('text', 'null') AND trim(unit) <> ''
      AND length(unit) <= 1000000 AND instr(unit, char(0)) = 0),
  -- The figure of which it is a part ("69 of 407"); NULL when none is named.
  out_of_id INTEGER REFERENCES figures (id)
    CONSTRAINT "figures.out_of_id is an integer"
    CHECK (typeof(out_of_id) IN ('integer', 'null')),
  -- The day or period it is given for (EDTF; a period is an interval); NULL when not stated.
  as_of TEXT
    CONSTRAINT "figures.as_of is text"
    CHECK (typeof(as_of) IN ('text', 'null')),
  -- The number's own words, in the source's language; NULL when not kept.
  said TEXT
    CONSTRAINT "figures.said is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(said) IN ('text', 'null') AND trim(said) <> ''
      AND length(said) <= 1000000 AND instr(said, char(0)) = 0),
  -- Your note on this figure; NULL when there is none.
  note TEXT
    CONSTRAINT "figures.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0),
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

-- Equations between figures, which ought to hold.
CREATE TABLE equations (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among equations.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "equations.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND length(key) <= 1000000
      AND instr(key, char(0)) = 0),
  -- Figure keys (a measure key where one source states it once), numbers, + - * / ( ), and
  -- one of = ~ < > <= >=; ~ means that the intervals meet.
  expression TEXT NOT NULL
    CONSTRAINT "equations.expression is text, not empty, and at most a million characters"
    CHECK (typeof(expression) = 'text' AND trim(expression) <> ''
      AND length(expression) <= 1000000 AND instr(expression, char(0)) = 0),
  -- What it says, in a few words; NULL when the expression says it.
  title TEXT
    CONSTRAINT "equations.title is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(title) IN ('text', 'null') AND trim(title) <> ''
      AND length(title) <= 1000000 AND instr(title, char(0)) = 0),
  -- Your note on this equation; NULL when there is none.
  note TEXT
    CONSTRAINT "equations.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0)
);
