-- What the file is, what was done to it, what its rows were before they were changed, by which former
-- keys they are still reached, and the days that its dates stand for.

-- What the program did to this file: one row for each of its operations that changed something. Rows
-- are only added. Nothing writes operations yet, so that none is recorded.
CREATE TABLE operations (
  -- Row number inside this file, given once and never again; the number of the operation.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- When it was begun (UTC).
  at TEXT NOT NULL
    CONSTRAINT "operations.at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(at) = 'text' AND at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(at, '+0 days') = substr(at, 1, 10) AND substr(at, 12, 2) < '24'
      AND at >= '0001' AND instr(at, char(0)) = 0),
  -- Who did it; NULL when that was not said.
  by TEXT
    CONSTRAINT "operations.by is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(by) IN ('text', 'null') AND trim(by) <> '' AND length(by) <= 1000000 AND instr(by, char(0)) = 0),
  -- The command: its name, not its command line, which may name persons.
  command TEXT NOT NULL
    CONSTRAINT "operations.command is text, not empty, and at most a million characters"
    CHECK (typeof(command) = 'text' AND trim(command) <> ''
      AND length(command) <= 1000000 AND instr(command, char(0)) = 0),
  -- What it did, in a few words; NULL when it was not finished by a program that says so.
  summary TEXT
    CONSTRAINT "operations.summary is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(summary) IN ('text', 'null') AND trim(summary) <> ''
      AND length(summary) <= 1000000 AND instr(summary, char(0)) = 0),
  -- The reason that was given; NULL when none was.
  because TEXT
    CONSTRAINT "operations.because is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(because) IN ('text', 'null') AND trim(because) <> ''
      AND length(because) <= 1000000 AND instr(because, char(0)) = 0),
  -- The operation that this one takes back; NULL when it takes none back.
  undoes INTEGER REFERENCES operations (id)
    CONSTRAINT "operations.undoes is an integer"
    CHECK (typeof(undoes) IN ('integer', 'null')),
  -- What a bulk undo or a deletion removed, as compressed NDJSON; NULL when it removed nothing or
  -- revisions keep it.
  document BLOB
    CONSTRAINT "operations.document is bytes, or NULL"
    CHECK (typeof(document) IN ('blob', 'null')),
  CONSTRAINT "an operation takes back an earlier one"
    CHECK (undoes < id)
);

-- What an operation read: files, standard input, other archives.
CREATE TABLE operation_inputs (
  -- Row number inside this file, given once and never again; nothing outside the file refers
  -- to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The operation.
  operation_id INTEGER NOT NULL REFERENCES operations (id)
    CONSTRAINT "operation_inputs.operation_id is an integer"
    CHECK (typeof(operation_id) = 'integer'),
  -- The name of the input, without its folder.
  name TEXT NOT NULL
    CONSTRAINT "operation_inputs.name is text, not empty, and at most a million characters"
    CHECK (typeof(name) = 'text' AND trim(name) <> '' AND length(name) <= 1000000 AND instr(name, char(0)) = 0),
  -- SHA-256 of its bytes, lower-case hexadecimal; NULL when they were not hashed.
  sha256 TEXT
    CONSTRAINT "operation_inputs.sha256 is 64 lower-case hexadecimal digits"
    CHECK (typeof(sha256) IN ('text', 'null') AND length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  -- How many bytes it had; NULL when they were not counted.
  bytes INTEGER
    CONSTRAINT "operation_inputs.bytes is an integer, and not below 0"
    CHECK (typeof(bytes) IN ('integer', 'null') AND bytes >= 0)
);
-- Serves the inputs of an operation.
CREATE INDEX operation_inputs_by_operation ON operation_inputs (operation_id);

-- Which rows an operation added, as ranges of ids. A row that lies in no range was added by another
-- tool.
CREATE TABLE operation_ranges (
  -- Row number inside this file, given once and never again; nothing outside the file refers
  -- to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The operation.
  operation_id INTEGER NOT NULL REFERENCES operations (id)
    CONSTRAINT "operation_ranges.operation_id is an integer"
    CHECK (typeof(operation_id) = 'integer'),
  -- The table of the rows.
  table_name TEXT NOT NULL
    CONSTRAINT "operation_ranges.table_name is text, not empty, and at most a million characters"
    CHECK (typeof(table_name) = 'text' AND trim(table_name) <> ''
      AND length(table_name) <= 1000000 AND instr(table_name, char(0)) = 0),
  -- The id of the first row.
  first_id INTEGER NOT NULL
    CONSTRAINT "operation_ranges.first_id is an integer"
    CHECK (typeof(first_id) = 'integer'),
  -- The id of the last row.
  last_id INTEGER NOT NULL
    CONSTRAINT "operation_ranges.last_id is an integer"
    CHECK (typeof(last_id) = 'integer'),
  CONSTRAINT "a range does not end before it begins"
    CHECK (first_id > 0 AND first_id <= last_id)
);
-- Serves the ranges of an operation.
CREATE INDEX operation_ranges_by_operation ON operation_ranges (operation_id);
-- Serves the question which operation added a row.
CREATE INDEX operation_ranges_by_rows ON operation_ranges (table_name, first_id);

-- The one row that says what this file is, so that it is known after a dump and restore too.
CREATE TABLE archive (
  -- Row number inside this file, given once and never again; nothing outside the file refers
  -- to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Always 'onrecord'.
  format TEXT NOT NULL
    CONSTRAINT "archive.format is text, not empty, and at most a million characters"
    CHECK (typeof(format) = 'text' AND trim(format) <> ''
      AND length(format) <= 1000000 AND instr(format, char(0)) = 0)
    CONSTRAINT "archive.format is 'onrecord'"
    CHECK (format = 'onrecord'),
  -- The number of the newest migration in this file; a program that knows fewer reads it and
  -- does not write to it.
  version INTEGER NOT NULL
    CONSTRAINT "archive.version is an integer"
    CHECK (typeof(version) = 'integer'),
  -- The number of the text that the program installed in this file: its triggers and views. A
  -- program that knows a lower one reads the file and does not write to it.
  installed INTEGER NOT NULL
    CONSTRAINT "archive.installed is an integer"
    CHECK (typeof(installed) = 'integer'),
  -- When the archive was created (UTC); an archive restored from an export keeps the first
  -- date.
  created TEXT NOT NULL
    CONSTRAINT "archive.created is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(created) = 'text' AND created GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(created, '+0 days') = substr(created, 1, 10) AND substr(created, 12, 2) < '24'
      AND created >= '0001' AND instr(created, char(0)) = 0),
  -- What this archive is about; NULL when it was given no title.
  title TEXT
    CONSTRAINT "archive.title is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(title) IN ('text', 'null') AND trim(title) <> ''
      AND length(title) <= 1000000 AND instr(title, char(0)) = 0),
  -- Key of the source whose verdicts count as the archive's own: claims.status follows it.
  desk TEXT NOT NULL DEFAULT 'desk'
    CONSTRAINT "archive.desk is text, not empty, and at most a million characters"
    CHECK (typeof(desk) = 'text' AND trim(desk) <> '' AND length(desk) <= 1000000 AND instr(desk, char(0)) = 0),
  -- Who is writing now, for revisions.by; set by a program inside its transaction and NULL at
  -- rest.
  editor TEXT
    CONSTRAINT "archive.editor is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(editor) IN ('text', 'null') AND trim(editor) <> ''
      AND length(editor) <= 1000000 AND instr(editor, char(0)) = 0),
  -- The operation that is writing now (operations.id), for revisions.operation_id; set by a
  -- program inside its transaction and NULL at rest.
  operation INTEGER REFERENCES operations (id)
    CONSTRAINT "archive.operation is an integer"
    CHECK (typeof(operation) IN ('integer', 'null')),
  CONSTRAINT "archive has one row, with id 1"
    CHECK (id = 1)
);

-- What a row was before it was changed or deleted: one row here for each column that changed
-- (on update) or that held something (on delete). Written by triggers, so that an edit in any
-- tool leaves a trace.
CREATE TABLE revisions (
  -- Row number inside this file, given once and never again; nothing outside the file refers
  -- to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- When the change was made (UTC, by the clock of the machine that made it).
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    CONSTRAINT "revisions.at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(at) = 'text' AND at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(at, '+0 days') = substr(at, 1, 10) AND substr(at, 12, 2) < '24'
      AND at >= '0001' AND instr(at, char(0)) = 0),
  -- Who made it; NULL when the tool did not say.
  by TEXT
    CONSTRAINT "revisions.by is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(by) IN ('text', 'null') AND trim(by) <> '' AND length(by) <= 1000000 AND instr(by, char(0)) = 0),
  -- The table of the row.
  table_name TEXT NOT NULL
    CONSTRAINT "revisions.table_name is text, not empty, and at most a million characters"
    CHECK (typeof(table_name) = 'text' AND trim(table_name) <> ''
      AND length(table_name) <= 1000000 AND instr(table_name, char(0)) = 0),
  -- The key of the row; for a row without a key, the keys that identify it, joined by " | ".
  row_key TEXT NOT NULL
    CONSTRAINT "revisions.row_key is text, not empty, and at most a million characters"
    CHECK (typeof(row_key) = 'text' AND trim(row_key) <> ''
      AND length(row_key) <= 1000000 AND instr(row_key, char(0)) = 0),
  -- The id of that row; NULL when the revision came with an export from another file, where the
  -- row had another id.
  row_id INTEGER
    CONSTRAINT "revisions.row_id is an integer"
    CHECK (typeof(row_id) IN ('integer', 'null')),
  -- What was done to the row.
  action TEXT NOT NULL
    CONSTRAINT "revisions.action is text, not empty, and at most a million characters"
    CHECK (typeof(action) = 'text' AND trim(action) <> ''
      AND length(action) <= 1000000 AND instr(action, char(0)) = 0)
    CONSTRAINT "revisions.action is update or delete"
    CHECK (action IN ('update', 'delete')),
  -- The column whose value is kept here.
  column_name TEXT NOT NULL
    CONSTRAINT "revisions.column_name is text, not empty, and at most a million characters"
    CHECK (typeof(column_name) = 'text' AND trim(column_name) <> ''
      AND length(column_name) <= 1000000 AND instr(column_name, char(0)) = 0),
  -- The operation that made the change; NULL when another tool made it, or a program that records
  -- no operations.
  operation_id INTEGER REFERENCES operations (id)
    CONSTRAINT "revisions.operation_id is an integer"
    CHECK (typeof(operation_id) IN ('integer', 'null')),
  -- The value before the change, with a reference written as the key it pointed to; NULL when
  -- there was none. It has no type: it holds values of every column, each as it was.
  was
);
-- Serves the question "what did this row say before?".
CREATE INDEX revisions_by_row ON revisions (table_name, row_key);

-- Keys that a row had before it was renamed, or before it was merged into another. They go on
-- reaching the row. To rename a row in any tool, insert its old key here and then update its key.
CREATE TABLE aliases (
  -- Row number inside this file, given once and never again; nothing outside the file refers
  -- to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The table of the row.
  table_name TEXT NOT NULL
    CONSTRAINT "aliases.table_name is text, not empty, and at most a million characters"
    CHECK (typeof(table_name) = 'text' AND trim(table_name) <> ''
      AND length(table_name) <= 1000000 AND instr(table_name, char(0)) = 0)
    CONSTRAINT "aliases.table_name is a table whose rows have keys"
    CHECK (table_name IN ('sources', 'locations', 'measures', 'claims', 'figures', 'equations')),
  -- The key that goes on reaching it. No other row of that table may have it.
  alias TEXT NOT NULL
    CONSTRAINT "aliases.alias is lower-case letters, digits and single hyphens"
    CHECK (typeof(alias) = 'text' AND alias GLOB '[a-z0-9]*' AND alias NOT GLOB '*[^a-z0-9-]*'
      AND alias NOT LIKE '%-' AND alias NOT LIKE '%--%' AND length(alias) <= 1000000
      AND instr(alias, char(0)) = 0),
  -- The id of the row.
  row_id INTEGER NOT NULL
    CONSTRAINT "aliases.row_id is an integer"
    CHECK (typeof(row_id) = 'integer'),
  UNIQUE (table_name, alias)
);
-- Serves the aliases of a row and the delete guards.
CREATE INDEX aliases_by_row ON aliases (table_name, row_id);

-- The days that a date in this archive stands for. Derived: a row appears here, by trigger, for
-- every date that another table holds, and says its earliest and latest day. The date itself
-- stays as stated where it was written.
CREATE TABLE dates (
  -- Row number inside this file, given once and never again; nothing outside the file refers
  -- to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The date as stated, EDTF (ISO 8601-2): years 0001 to 9999, months, days, X for an unspecified
  -- digit, ? uncertain, ~ approximate, % both, and intervals whose ends may be open (..) or
  -- unknown (empty).
  edtf TEXT NOT NULL UNIQUE
    CONSTRAINT "dates.edtf is text" CHECK (typeof(edtf) = 'text' AND instr(edtf, char(0)) = 0),
  -- The earliest day it can mean; NULL when the start is open or unknown.
  earliest TEXT,
  -- The latest day it can mean; NULL when the end is open or unknown.
  latest TEXT,
  -- 1 when marked uncertain (? or %).
  uncertain INTEGER NOT NULL DEFAULT 0,
  -- 1 when marked approximate (~ or %).
  approximate INTEGER NOT NULL DEFAULT 0
);

-- The identity of the file, for tools that look at the header alone: 'onrc'.
PRAGMA application_id = 1869509219;

-- table refinery_schema_history: Which migrations made this file what it is. Kept by the program.
--   version: Number of the migration.
--   name: Its name.
--   applied_on: When it ran.
--   checksum: By which a changed migration is noticed.
