-- Doubts that a person looked at and set aside.
CREATE TABLE accepted_doubts (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The check that raised the doubt, as `check` lists it.
  check_name TEXT NOT NULL
    CONSTRAINT "accepted_doubts.check_name is text, not empty, and at most a million characters"
    CHECK (typeof(check_name) = 'text' AND trim(check_name) <> ''
      AND length(check_name) <= 1000000 AND instr(check_name, char(0)) = 0),
  -- The table of the row in doubt.
  table_name TEXT NOT NULL
    CONSTRAINT "accepted_doubts.table_name is text, not empty, and at most a million characters"
    CHECK (typeof(table_name) = 'text' AND trim(table_name) <> ''
      AND length(table_name) <= 1000000 AND instr(table_name, char(0)) = 0),
  -- The key of that row.
  row_key TEXT NOT NULL
    CONSTRAINT "accepted_doubts.row_key is text, not empty, and at most a million characters"
    CHECK (typeof(row_key) = 'text' AND trim(row_key) <> ''
      AND length(row_key) <= 1000000 AND instr(row_key, char(0)) = 0),
  -- What the doubt said. It comes back when it says something else.
  finding TEXT NOT NULL
    CONSTRAINT "accepted_doubts.finding is text, not empty, and at most a million characters"
    CHECK (typeof(finding) = 'text' AND trim(finding) <> ''
      AND length(finding) <= 1000000 AND instr(finding, char(0)) = 0),
  -- The last revision of this file when it was set aside; a later one of the row brings the doubt back.
  -- NULL when there was none.
  revision_id INTEGER
    CONSTRAINT "accepted_doubts.revision_id is an integer"
    CHECK (typeof(revision_id) IN ('integer', 'null')),
  -- When it was set aside (UTC).
  at TEXT NOT NULL
    CONSTRAINT "accepted_doubts.at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(at) = 'text' AND at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(at, '+0 days') = substr(at, 1, 10) AND substr(at, 12, 2) < '24'
      AND at >= '0001' AND instr(at, char(0)) = 0),
  -- The person who set it aside; NULL when not stated.
  by TEXT
    CONSTRAINT "accepted_doubts.by is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(by) IN ('text', 'null') AND trim(by) <> '' AND length(by) <= 1000000 AND instr(by, char(0)) = 0),
  -- The reason.
  because TEXT NOT NULL
    CONSTRAINT "accepted_doubts.because is text, not empty, and at most a million characters"
    CHECK (typeof(because) = 'text' AND trim(because) <> ''
      AND length(because) <= 1000000 AND instr(because, char(0)) = 0)
);
-- Serves the question "was this doubt set aside?".
CREATE INDEX accepted_doubts_by_row ON accepted_doubts (table_name, row_key);
