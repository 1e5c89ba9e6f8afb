-- Captured copies of sources, kept in the file.

-- Captured copies, in the SQLite Archive format, so that "sqlite3 FILE -A" lists and extracts
-- them (sqlite.org/sqlar.html).
CREATE TABLE sqlar (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Path of the copy inside the archive.
  name TEXT NOT NULL UNIQUE
    CONSTRAINT "sqlar.name is text, not empty, and at most a million characters"
    CHECK (typeof(name) = 'text' AND trim(name) <> '' AND length(name) <= 1000000 AND instr(name, char(0)) = 0),
  -- File permissions, as in stat; NULL when not recorded.
  mode INTEGER
    CONSTRAINT "sqlar.mode is an integer"
    CHECK (typeof(mode) IN ('integer', 'null')),
  -- When the file was last changed, in seconds since 1970 UTC; NULL when not recorded.
  mtime INTEGER
    CONSTRAINT "sqlar.mtime is an integer"
    CHECK (typeof(mtime) IN ('integer', 'null')),
  -- Size of the bytes before compression; equal to length(data) when they are stored as they
  -- are.
  sz INTEGER
    CONSTRAINT "sqlar.sz is an integer"
    CHECK (typeof(sz) IN ('integer', 'null')),
  -- The bytes, compressed with zlib when that is smaller.
  data BLOB
    CONSTRAINT "sqlar.data is bytes, or NULL"
    CHECK (typeof(data) IN ('blob', 'null'))
);

-- The source of each captured copy, and the checksum that verifies its bytes.
CREATE TABLE captures (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The source.
  source_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "captures.source_id is an integer"
    CHECK (typeof(source_id) = 'integer'),
  -- The copy.
  sqlar_id INTEGER NOT NULL UNIQUE REFERENCES sqlar (id)
    CONSTRAINT "captures.sqlar_id is an integer"
    CHECK (typeof(sqlar_id) = 'integer'),
  -- SHA-256 of the uncompressed bytes, lower-case hexadecimal; NULL when a tool that cannot
  -- compute it added the row.
  sha256 TEXT
    CONSTRAINT "captures.sha256 is 64 lower-case hexadecimal digits"
    CHECK (typeof(sha256) IN ('text', 'null') AND length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  -- Media type of the bytes, such as text/html; NULL when not known.
  media_type TEXT
    CONSTRAINT "captures.media_type is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(media_type) IN ('text', 'null') AND trim(media_type) <> ''
      AND length(media_type) <= 1000000 AND instr(media_type, char(0)) = 0),
  -- When the copy was made or attached (UTC); NULL when not recorded.
  captured_at TEXT
    CONSTRAINT "captures.captured_at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(captured_at) IN ('text', 'null') AND captured_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(captured_at, '+0 days') = substr(captured_at, 1, 10) AND substr(captured_at, 12, 2) < '24'
      AND captured_at >= '0001' AND instr(captured_at, char(0)) = 0),
  -- The address that the copy was made from; NULL when not recorded.
  url TEXT
    CONSTRAINT "captures.url is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(url) IN ('text', 'null') AND trim(url) <> ''
      AND length(url) <= 1000000 AND instr(url, char(0)) = 0),
  -- Your note on this copy; NULL when there is none.
  note TEXT
    CONSTRAINT "captures.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0)
);
-- Serves the copies of a source and the delete guard.
CREATE INDEX captures_by_source ON captures (source_id);
