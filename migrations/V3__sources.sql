-- Sources, the sources that they draw on, and grades of their reliability.

-- Anything that says or shows something: a document, footage, a person, a body, an unnamed
-- party.
CREATE TABLE sources (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among sources.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "sources.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND length(key) <= 1000000
      AND instr(key, char(0)) = 0),
  -- Its kind.
  kind TEXT NOT NULL REFERENCES source_kinds (code)
    CONSTRAINT "sources.kind is text, not empty, and at most a million characters"
    CHECK (typeof(kind) = 'text' AND trim(kind) <> '' AND length(kind) <= 1000000 AND instr(kind, char(0)) = 0),
  -- Title of a document; name and role of a person; description of an unnamed party.
  title TEXT NOT NULL
    CONSTRAINT "sources.title is text, not empty, and at most a million characters"
    CHECK (typeof(title) = 'text' AND trim(title) <> '' AND length(title) <= 1000000 AND instr(title, char(0)) = 0),
  -- Who wrote or made it, as named there; NULL when not stated.
  author TEXT
    CONSTRAINT "sources.author is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(author) IN ('text', 'null') AND trim(author) <> ''
      AND length(author) <= 1000000 AND instr(author, char(0)) = 0),
  -- The publication, channel or account that carried it; NULL when not stated or not a
  -- document.
  outlet TEXT
    CONSTRAINT "sources.outlet is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(outlet) IN ('text', 'null') AND trim(outlet) <> ''
      AND length(outlet) <= 1000000 AND instr(outlet, char(0)) = 0),
  -- The body behind the outlet; NULL when not stated.
  publisher TEXT
    CONSTRAINT "sources.publisher is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(publisher) IN ('text', 'null') AND trim(publisher) <> ''
      AND length(publisher) <= 1000000 AND instr(publisher, char(0)) = 0),
  -- Where it was found; NULL when it has no address or none is known.
  url TEXT
    CONSTRAINT "sources.url is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(url) IN ('text', 'null') AND trim(url) <> ''
      AND length(url) <= 1000000 AND instr(url, char(0)) = 0),
  -- Canonical form of its address: sources that share it are one work. NULL until a program
  -- computes it; none does yet.
  canonical TEXT
    CONSTRAINT "sources.canonical is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(canonical) IN ('text', 'null') AND trim(canonical) <> ''
      AND length(canonical) <= 1000000 AND instr(canonical, char(0)) = 0),
  -- Where an independent archive holds it; NULL when none is known.
  archived_url TEXT
    CONSTRAINT "sources.archived_url is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(archived_url) IN ('text', 'null') AND trim(archived_url) <> ''
      AND length(archived_url) <= 1000000 AND instr(archived_url, char(0)) = 0),
  -- DOI, ISBN, document number or the like, as printed; NULL when there is none.
  identifier TEXT
    CONSTRAINT "sources.identifier is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(identifier) IN ('text', 'null') AND trim(identifier) <> ''
      AND length(identifier) <= 1000000 AND instr(identifier, char(0)) = 0),
  -- BCP 47 tag of its language; NULL when not stated.
  language TEXT
    CONSTRAINT "sources.language is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(language) IN ('text', 'null') AND trim(language) <> ''
      AND length(language) <= 1000000 AND instr(language, char(0)) = 0),
  -- When it was published (EDTF); NULL when not stated.
  published TEXT
    CONSTRAINT "sources.published is text"
    CHECK (typeof(published) IN ('text', 'null')),
  -- When it was retrieved (EDTF); NULL when not recorded.
  retrieved TEXT
    CONSTRAINT "sources.retrieved is text"
    CHECK (typeof(retrieved) IN ('text', 'null')),
  -- Licence or terms, in its own words; NULL when not stated.
  rights TEXT
    CONSTRAINT "sources.rights is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(rights) IN ('text', 'null') AND trim(rights) <> ''
      AND length(rights) <= 1000000 AND instr(rights, char(0)) = 0),
  -- SHA-256 of its bytes as found, lower-case hexadecimal, by which a copy is verified; NULL when
  -- none is stated.
  sha256 TEXT
    CONSTRAINT "sources.sha256 is 64 lower-case hexadecimal digits"
    CHECK (typeof(sha256) IN ('text', 'null') AND length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  -- Your note on this source; NULL when there is none.
  note TEXT
    CONSTRAINT "sources.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0)
);
-- Serves the look-up of a source by its title, when a record has no key.
CREATE INDEX sources_by_title ON sources (title);
-- Serves lists of parties or of documents.
CREATE INDEX sources_by_kind ON sources (kind);
-- Serves the look-up of a source by its address, when a record has no key.
CREATE INDEX sources_by_url ON sources (url) WHERE url IS NOT NULL;

-- Edges of the source graph: from a source to a source that it draws on.
CREATE TABLE source_origins (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The source that draws on another.
  source_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "source_origins.source_id is an integer"
    CHECK (typeof(source_id) = 'integer'),
  -- The way in which it draws on it.
  relation TEXT NOT NULL REFERENCES origin_relations (code)
    CONSTRAINT "source_origins.relation is text, not empty, and at most a million characters"
    CHECK (typeof(relation) = 'text' AND trim(relation) <> ''
      AND length(relation) <= 1000000 AND instr(relation, char(0)) = 0),
  -- The source it draws on.
  origin_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "source_origins.origin_id is an integer"
    CHECK (typeof(origin_id) = 'integer'),
  -- Your note on this edge; NULL when there is none.
  note TEXT
    CONSTRAINT "source_origins.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0),
  UNIQUE (source_id, relation, origin_id),
  CONSTRAINT "a source is not its own origin"
    CHECK (source_id <> origin_id)
);
-- Serves "who draws on this source?" and the delete guard.
CREATE INDEX source_origins_by_origin ON source_origins (origin_id);

-- Reliability of a source as judged on a day. The latest grade holds; earlier ones stay.
CREATE TABLE source_grades (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The source graded.
  source_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "source_grades.source_id is an integer"
    CHECK (typeof(source_id) = 'integer'),
  -- A to F; F means that it cannot be judged, never "middling".
  reliability TEXT NOT NULL REFERENCES reliabilities (code)
    CONSTRAINT "source_grades.reliability is text, not empty, and at most a million characters"
    CHECK (typeof(reliability) = 'text' AND trim(reliability) <> ''
      AND length(reliability) <= 1000000 AND instr(reliability, char(0)) = 0),
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
    CONSTRAINT "source_grades.because is text, not empty, and at most a million characters"
    CHECK (typeof(because) = 'text' AND trim(because) <> ''
      AND length(because) <= 1000000 AND instr(because, char(0)) = 0),
  UNIQUE (source_id, grader_id, at)
);
-- Serves the delete guard of sources.
CREATE INDEX source_grades_by_grader ON source_grades (grader_id);
