-- The identity of the file, its operations, the earlier values of changed rows, the former keys of
-- rows, and the days that dates stand for.

-- Operations of the program that changed this file, one row each. Rows are only added.
CREATE TABLE operations (
  -- Number of the operation in this file, never reused.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- When the operation began (UTC).
  at TEXT NOT NULL
    CONSTRAINT "operations.at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(at) = 'text' AND at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(at, '+0 days') = substr(at, 1, 10) AND substr(at, 12, 2) < '24'
      AND at >= '0001' AND instr(at, char(0)) = 0),
  -- The person who ran it; NULL when not stated.
  by TEXT
    CONSTRAINT "operations.by is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(by) IN ('text', 'null') AND trim(by) <> '' AND length(by) <= 1000000 AND instr(by, char(0)) = 0),
  -- Name of the command, without its arguments, which may name persons.
  command TEXT NOT NULL
    CONSTRAINT "operations.command is text, not empty, and at most a million characters"
    CHECK (typeof(command) = 'text' AND trim(command) <> ''
      AND length(command) <= 1000000 AND instr(command, char(0)) = 0),
  -- Its result, in a few words; NULL when it did not finish, or the program stated none.
  summary TEXT
    CONSTRAINT "operations.summary is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(summary) IN ('text', 'null') AND trim(summary) <> ''
      AND length(summary) <= 1000000 AND instr(summary, char(0)) = 0),
  -- The reason given; NULL when none was.
  because TEXT
    CONSTRAINT "operations.because is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(because) IN ('text', 'null') AND trim(because) <> ''
      AND length(because) <= 1000000 AND instr(because, char(0)) = 0),
  -- The operation that this one undoes; NULL when it undoes none.
  undoes INTEGER REFERENCES operations (id)
    CONSTRAINT "operations.undoes is an integer"
    CHECK (typeof(undoes) IN ('integer', 'null')),
  -- The number of rows that it added in the file where it was done, for an operation that came with an
  -- export or a merge; NULL for one that was done in this file, whose rows operation_ranges lists.
  added INTEGER
    CONSTRAINT "operations.added is an integer, and not below 0"
    CHECK (typeof(added) IN ('integer', 'null') AND added >= 0),
  -- The rows that a bulk undo or a deletion removed, as compressed NDJSON; NULL when it removed
  -- none, or revisions keep them.
  document BLOB
    CONSTRAINT "operations.document is bytes, or NULL"
    CHECK (typeof(document) IN ('blob', 'null')),
  -- The number of rows in document; NULL when there is no document.
  document_rows INTEGER
    CONSTRAINT "operations.document_rows is an integer, and not below 0"
    CHECK (typeof(document_rows) IN ('integer', 'null') AND document_rows >= 0),
  -- The last verdict that was there at its end, by which an undo tells the verdicts given since; NULL for
  -- an operation that was done in another file.
  last_assessment INTEGER
    CONSTRAINT "operations.last_assessment is an integer"
    CHECK (typeof(last_assessment) IN ('integer', 'null')),
  CONSTRAINT "an operation takes back an earlier one"
    CHECK (undoes < id)
);

-- Inputs of an operation: files, standard input, other archives.
CREATE TABLE operation_inputs (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The operation.
  operation_id INTEGER NOT NULL REFERENCES operations (id)
    CONSTRAINT "operation_inputs.operation_id is an integer"
    CHECK (typeof(operation_id) = 'integer'),
  -- The name of the input, without its folder.
  name TEXT NOT NULL
    CONSTRAINT "operation_inputs.name is text, not empty, and at most a million characters"
    CHECK (typeof(name) = 'text' AND trim(name) <> '' AND length(name) <= 1000000 AND instr(name, char(0)) = 0),
  -- SHA-256 of its bytes, lower-case hexadecimal; NULL when not computed.
  sha256 TEXT
    CONSTRAINT "operation_inputs.sha256 is 64 lower-case hexadecimal digits"
    CHECK (typeof(sha256) IN ('text', 'null') AND length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  -- Size of the input in bytes; NULL when not counted.
  bytes INTEGER
    CONSTRAINT "operation_inputs.bytes is an integer, and not below 0"
    CHECK (typeof(bytes) IN ('integer', 'null') AND bytes >= 0)
);
-- Serves the inputs of an operation.
CREATE INDEX operation_inputs_by_operation ON operation_inputs (operation_id);

-- Rows that an operation added, as ranges of ids. No two ranges of a table overlap. A row in no range
-- was added by another tool.
CREATE TABLE operation_ranges (
  -- Row number in this file, never reused; nothing outside the file refers to it.
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

-- The single row that identifies this file, also after a dump and restore.
CREATE TABLE archive (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Always 'onrecord'.
  format TEXT NOT NULL
    CONSTRAINT "archive.format is text, not empty, and at most a million characters"
    CHECK (typeof(format) = 'text' AND trim(format) <> ''
      AND length(format) <= 1000000 AND instr(format, char(0)) = 0)
    CONSTRAINT "archive.format is 'onrecord'"
    CHECK (format = 'onrecord'),
  -- Number of the newest migration in this file. A program that knows a lower number reads the
  -- file and does not write to it.
  version INTEGER NOT NULL
    CONSTRAINT "archive.version is an integer"
    CHECK (typeof(version) = 'integer'),
  -- Number of the triggers and views that the program installed in this file. A program that
  -- knows a lower number reads the file and does not write to it.
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
  -- Title of the archive; NULL when it has none.
  title TEXT
    CONSTRAINT "archive.title is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(title) IN ('text', 'null') AND trim(title) <> ''
      AND length(title) <= 1000000 AND instr(title, char(0)) = 0),
  -- Key of the source whose verdicts count as the archive's own: claims.status follows it.
  desk TEXT NOT NULL DEFAULT 'desk'
    CONSTRAINT "archive.desk is text, not empty, and at most a million characters"
    CHECK (typeof(desk) = 'text' AND trim(desk) <> '' AND length(desk) <= 1000000 AND instr(desk, char(0)) = 0),
  -- The person who is writing, for revisions.by. A program sets it inside its transaction; NULL
  -- otherwise.
  editor TEXT
    CONSTRAINT "archive.editor is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(editor) IN ('text', 'null') AND trim(editor) <> ''
      AND length(editor) <= 1000000 AND instr(editor, char(0)) = 0),
  -- The operation that is writing, for revisions.operation_id. A program sets it inside its
  -- transaction; NULL otherwise.
  operation INTEGER REFERENCES operations (id)
    CONSTRAINT "archive.operation is an integer"
    CHECK (typeof(operation) IN ('integer', 'null')),
  -- The last claim that was there before that operation: what it adds to claims of its own is no
  -- change of them. NULL when no program is writing.
  last_claim INTEGER
    CONSTRAINT "archive.last_claim is an integer"
    CHECK (typeof(last_claim) IN ('integer', 'null')),
  CONSTRAINT "archive has one row, with id 1"
    CHECK (id = 1)
);

-- Earlier values of changed and deleted rows: one row for each column that changed (update) or held a
-- value (delete). Triggers write it, so that an edit in any tool is recorded.
CREATE TABLE revisions (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- When the change was made (UTC, by the clock of the machine that made it).
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    CONSTRAINT "revisions.at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(at) = 'text' AND at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(at, '+0 days') = substr(at, 1, 10) AND substr(at, 12, 2) < '24'
      AND at >= '0001' AND instr(at, char(0)) = 0),
  -- The person who made it; NULL when the tool did not state it.
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
  -- The id of that row; NULL when the revision was imported from another file, where the row had
  -- another id.
  row_id INTEGER
    CONSTRAINT "revisions.row_id is an integer"
    CHECK (typeof(row_id) IN ('integer', 'null')),
  -- The change: update or delete.
  action TEXT NOT NULL
    CONSTRAINT "revisions.action is text, not empty, and at most a million characters"
    CHECK (typeof(action) = 'text' AND trim(action) <> ''
      AND length(action) <= 1000000 AND instr(action, char(0)) = 0)
    CONSTRAINT "revisions.action is update or delete"
    CHECK (action IN ('update', 'delete')),
  -- The column that held the value.
  column_name TEXT NOT NULL
    CONSTRAINT "revisions.column_name is text, not empty, and at most a million characters"
    CHECK (typeof(column_name) = 'text' AND trim(column_name) <> ''
      AND length(column_name) <= 1000000 AND instr(column_name, char(0)) = 0),
  -- The operation that made the change; NULL when another tool made it.
  operation_id INTEGER REFERENCES operations (id)
    CONSTRAINT "revisions.operation_id is an integer"
    CHECK (typeof(operation_id) IN ('integer', 'null')),
  -- The value before the change, with a reference written as the key it pointed to; NULL when
  -- there was none. It has no type: it holds values of every column, each as it was.
  was
);
-- Serves the question "what did this row say before?".
CREATE INDEX revisions_by_row ON revisions (table_name, row_key);
-- Serves the next version of a claim, which it never had.
CREATE INDEX revisions_of_versions ON revisions (row_id, was)
  WHERE table_name = 'claims' AND column_name = 'version';

-- Former keys of rows that were renamed, or merged into another row. To rename a row in any tool,
-- insert its old key here and then update its key. The program looks rows up by them.
CREATE TABLE aliases (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The table of the row.
  table_name TEXT NOT NULL
    CONSTRAINT "aliases.table_name is text, not empty, and at most a million characters"
    CHECK (typeof(table_name) = 'text' AND trim(table_name) <> ''
      AND length(table_name) <= 1000000 AND instr(table_name, char(0)) = 0)
    CONSTRAINT "aliases.table_name is a table whose rows have keys"
    CHECK (table_name IN ('sources', 'locations', 'measures', 'claims', 'figures', 'equations')),
  -- The former key. No other row of that table may take it.
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

-- Earliest and latest day of each date in this archive. Derived: a trigger adds a row for every date
-- that another table holds. The date itself stays there as stated.
CREATE TABLE dates (
  -- Row number in this file, never reused; nothing outside the file refers to it.
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
  -- 1 when marked uncertain (? or %), 0 otherwise.
  uncertain INTEGER NOT NULL DEFAULT 0,
  -- 1 when marked approximate (~ or %), 0 otherwise.
  approximate INTEGER NOT NULL DEFAULT 0
);

-- The identity of the file, for tools that look at the header alone: 'onrc'.
PRAGMA application_id = 1869509219;

-- table refinery_schema_history: The migrations that this file has had. Kept by the program.
--   version: Number of the migration.
--   name: Its name.
--   applied_on: When it ran.
--   checksum: Checksum of its text, by which a changed migration is detected.
