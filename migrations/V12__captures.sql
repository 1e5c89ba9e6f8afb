-- Captured copies of sources, kept in the file.

-- Captured copies, in the SQLite Archive format, so that "sqlite3 FILE -A" lists and extracts
-- them (sqlite.org/sqlar.html).
CREATE TABLE sqlar (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Path of the copy inside the archive.
  name TEXT NOT NULL UNIQUE
    CONSTRAINT "sqlar.name is text and not empty"
    CHECK (typeof(name) = 'text' AND trim(name) <> '' AND instr(name, char(0)) = 0),
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

-- Which captured copy is of which source, and how its bytes are proved.
CREATE TABLE captures (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
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
    CONSTRAINT "captures.media_type is text, or NULL; never empty"
    CHECK (typeof(media_type) IN ('text', 'null') AND trim(media_type) <> '' AND instr(media_type, char(0)) = 0),
  -- When the copy was made or taken in (UTC); NULL when not recorded.
  captured_at TEXT
    CONSTRAINT "captures.captured_at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(captured_at) IN ('text', 'null') AND captured_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(captured_at, '+0 days') = substr(captured_at, 1, 10) AND substr(captured_at, 12, 2) < '24'
      AND captured_at >= '0001' AND instr(captured_at, char(0)) = 0),
  -- Where the copy was made from; NULL when not recorded.
  url TEXT
    CONSTRAINT "captures.url is text, or NULL; never empty"
    CHECK (typeof(url) IN ('text', 'null') AND trim(url) <> '' AND instr(url, char(0)) = 0),
  -- A remark by the archive about this copy; NULL when there is none.
  note TEXT
    CONSTRAINT "captures.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0)
);
-- Serves the copies of a source and the delete guard.
CREATE INDEX captures_by_source ON captures (source_id);

CREATE TRIGGER sqlar_insert_guard BEFORE INSERT ON sqlar BEGIN
  SELECT RAISE(ABORT, 'sqlar: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM sqlar WHERE id = new.id);
  SELECT RAISE(ABORT, 'sqlar: this name is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM sqlar WHERE name = new.name);
END;
CREATE TRIGGER sqlar_update_guard BEFORE UPDATE ON sqlar BEGIN
  SELECT RAISE(ABORT, 'sqlar: id and name are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.name IS NOT old.name;
  SELECT RAISE(ABORT, 'sqlar: another row has this name')
    WHERE EXISTS (SELECT 1 FROM sqlar WHERE name = new.name AND id <> old.id);
END;

CREATE TRIGGER captures_insert_guard BEFORE INSERT ON captures BEGIN
  SELECT RAISE(ABORT, 'captures: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM captures WHERE id = new.id);
  SELECT RAISE(ABORT, 'captures: this sqlar_id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM captures WHERE sqlar_id = new.sqlar_id);
  SELECT RAISE(ABORT, 'captures.source_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'captures.sqlar_id: no such row in sqlar')
    WHERE NOT EXISTS (SELECT 1 FROM sqlar WHERE id = new.sqlar_id);
END;
CREATE TRIGGER captures_update_guard BEFORE UPDATE ON captures BEGIN
  SELECT RAISE(ABORT, 'captures: id and sqlar_id are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.sqlar_id IS NOT old.sqlar_id;
  SELECT RAISE(ABORT, 'captures: another row has this sqlar_id')
    WHERE EXISTS (SELECT 1 FROM captures WHERE sqlar_id = new.sqlar_id AND id <> old.id);
  SELECT RAISE(ABORT, 'captures.source_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'captures.sqlar_id: no such row in sqlar')
    WHERE NOT EXISTS (SELECT 1 FROM sqlar WHERE id = new.sqlar_id);
END;

CREATE TRIGGER captures_updated AFTER UPDATE ON captures BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'captures', (SELECT key FROM sources WHERE id = old.source_id) || ' | ' || (SELECT name FROM sqlar WHERE id = old.sqlar_id), 'update', col, was FROM (
    SELECT 'source_id' AS col, (SELECT key FROM sources WHERE id = old.source_id) AS was WHERE old.source_id IS NOT new.source_id
    UNION ALL SELECT 'sha256', old.sha256 WHERE old.sha256 IS NOT new.sha256
    UNION ALL SELECT 'media_type', old.media_type WHERE old.media_type IS NOT new.media_type
    UNION ALL SELECT 'captured_at', old.captured_at WHERE old.captured_at IS NOT new.captured_at
    UNION ALL SELECT 'url', old.url WHERE old.url IS NOT new.url
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER captures_deleted AFTER DELETE ON captures BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'captures', (SELECT key FROM sources WHERE id = old.source_id) || ' | ' || (SELECT name FROM sqlar WHERE id = old.sqlar_id), 'delete', col, was FROM (
    SELECT 'source_id' AS col, (SELECT key FROM sources WHERE id = old.source_id) AS was WHERE old.source_id IS NOT NULL
    UNION ALL SELECT 'sqlar_id', (SELECT name FROM sqlar WHERE id = old.sqlar_id) WHERE old.sqlar_id IS NOT NULL
    UNION ALL SELECT 'sha256', old.sha256 WHERE old.sha256 IS NOT NULL
    UNION ALL SELECT 'media_type', old.media_type WHERE old.media_type IS NOT NULL
    UNION ALL SELECT 'captured_at', old.captured_at WHERE old.captured_at IS NOT NULL
    UNION ALL SELECT 'url', old.url WHERE old.url IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;

-- The bytes of a captured copy do not change: another capture is another row.
CREATE TRIGGER sqlar_bytes_guard BEFORE UPDATE OF sz, data ON sqlar
  WHEN EXISTS (SELECT 1 FROM captures WHERE sqlar_id = old.id) BEGIN
  SELECT RAISE(ABORT, 'sqlar: these bytes are a captured copy and stay as captured; add another copy');
END;
