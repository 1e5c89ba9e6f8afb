-- Captured copies that are too large for one row of sqlar, kept in parts; and what an operation removed that is too
-- large for its document.

-- The parts of a captured copy behind the first, which captures names. The bytes of the copy are those of the first
-- part and then those of the others in the order of their numbers; captures.sha256 is that of the whole.
CREATE TABLE capture_parts (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The first part of the copy.
  first_id INTEGER NOT NULL REFERENCES sqlar (id)
    CONSTRAINT "capture_parts.first_id is an integer"
    CHECK (typeof(first_id) = 'integer'),
  -- The number of this part; the first part, which is not listed here, is 1.
  part INTEGER NOT NULL
    CONSTRAINT "capture_parts.part is an integer above 1"
    CHECK (typeof(part) = 'integer' AND part > 1),
  -- This part.
  sqlar_id INTEGER NOT NULL UNIQUE REFERENCES sqlar (id)
    CONSTRAINT "capture_parts.sqlar_id is an integer"
    CHECK (typeof(sqlar_id) = 'integer'),
  UNIQUE (first_id, part)
);

-- Bytes of removed rows that are too many for the document of the operation that removed them, which names them by
-- their id here. Rows are only added.
CREATE TABLE removed_bytes (
  -- Row number in this file, never reused.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The operation that removed them.
  operation_id INTEGER NOT NULL REFERENCES operations (id)
    CONSTRAINT "removed_bytes.operation_id is an integer"
    CHECK (typeof(operation_id) = 'integer'),
  -- The bytes, as they stood in their row.
  data BLOB NOT NULL
    CONSTRAINT "removed_bytes.data is bytes"
    CHECK (typeof(data) = 'blob')
);
-- Serves the bytes that an operation removed.
CREATE INDEX removed_bytes_by_operation ON removed_bytes (operation_id);
