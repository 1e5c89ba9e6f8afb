-- Mappings of tables, kept so that the next table of this kind is read without options.

-- Options by which tables of one kind are read. The program brings profiles of its own along; one here comes
-- before them.
CREATE TABLE profiles (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among profiles.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "profiles.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND length(key) <= 1000000
      AND instr(key, char(0)) = 0),
  -- The tables that it reads, in a few words; NULL when the key says it.
  title TEXT
    CONSTRAINT "profiles.title is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(title) IN ('text', 'null') AND trim(title) <> ''
      AND length(title) <= 1000000 AND instr(title, char(0)) = 0),
  -- The headings by which a table is recognised, one on each line: it has them all.
  headings TEXT NOT NULL
    CONSTRAINT "profiles.headings is text, not empty, and at most a million characters"
    CHECK (typeof(headings) = 'text' AND trim(headings) <> ''
      AND length(headings) <= 1000000 AND instr(headings, char(0)) = 0),
  -- The options of `import`, one on each line: a flag, a blank and its value, without quotation marks.
  options TEXT NOT NULL
    CONSTRAINT "profiles.options is text, not empty, and at most a million characters"
    CHECK (typeof(options) = 'text' AND trim(options) <> ''
      AND length(options) <= 1000000 AND instr(options, char(0)) = 0),
  -- What it assumes, which is said whenever it is used; NULL when there is nothing to say.
  note TEXT
    CONSTRAINT "profiles.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0)
);
