-- What the file is, what its rows were before they were changed, and the days that its dates
-- stand for.

-- The one row that says what this file is, so that it is known after a dump and restore too.
CREATE TABLE archive (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Always 'onrecord'.
  format TEXT NOT NULL
    CONSTRAINT "archive.format is text and not empty"
    CHECK (typeof(format) = 'text' AND trim(format) <> '' AND instr(format, char(0)) = 0)
    CONSTRAINT "archive.format is 'onrecord'"
    CHECK (format = 'onrecord'),
  -- The number of the newest migration in this file; a program that knows fewer refuses to
  -- open it.
  version INTEGER NOT NULL
    CONSTRAINT "archive.version is an integer"
    CHECK (typeof(version) = 'integer'),
  -- When the archive was created (UTC); an archive restored from an export keeps the first
  -- date.
  created TEXT NOT NULL
    CONSTRAINT "archive.created is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(created) = 'text' AND created GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(created, '+0 days') = substr(created, 1, 10) AND substr(created, 12, 2) < '24'
      AND created >= '0001' AND instr(created, char(0)) = 0),
  -- What this archive is about; NULL when it was given no title.
  title TEXT
    CONSTRAINT "archive.title is text, or NULL; never empty"
    CHECK (typeof(title) IN ('text', 'null') AND trim(title) <> '' AND instr(title, char(0)) = 0),
  -- Key of the source whose verdicts count as the archive's own: claims.status follows it.
  desk TEXT NOT NULL DEFAULT 'desk'
    CONSTRAINT "archive.desk is text and not empty"
    CHECK (typeof(desk) = 'text' AND trim(desk) <> '' AND instr(desk, char(0)) = 0),
  -- Who is writing now, for revisions.by; set by a program inside its transaction and NULL at
  -- rest.
  editor TEXT
    CONSTRAINT "archive.editor is text, or NULL; never empty"
    CHECK (typeof(editor) IN ('text', 'null') AND trim(editor) <> '' AND instr(editor, char(0)) = 0),
  CONSTRAINT "archive has one row, with id 1"
    CHECK (id = 1)
);

-- What a row was before it was changed or deleted: one row here for each column that changed
-- (on update) or that held something (on delete). Written by triggers, so that an edit in any
-- tool leaves a trace.
CREATE TABLE revisions (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- When the change was made (UTC, by the clock of the machine that made it).
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    CONSTRAINT "revisions.at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(at) = 'text' AND at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(at, '+0 days') = substr(at, 1, 10) AND substr(at, 12, 2) < '24'
      AND at >= '0001' AND instr(at, char(0)) = 0),
  -- Who made it; NULL when the tool did not say.
  by TEXT
    CONSTRAINT "revisions.by is text, or NULL; never empty"
    CHECK (typeof(by) IN ('text', 'null') AND trim(by) <> '' AND instr(by, char(0)) = 0),
  -- The table of the row.
  table_name TEXT NOT NULL
    CONSTRAINT "revisions.table_name is text and not empty"
    CHECK (typeof(table_name) = 'text' AND trim(table_name) <> '' AND instr(table_name, char(0)) = 0),
  -- The key of the row; for a row without a key, the keys that identify it, joined by " | ".
  row_key TEXT NOT NULL
    CONSTRAINT "revisions.row_key is text and not empty"
    CHECK (typeof(row_key) = 'text' AND trim(row_key) <> '' AND instr(row_key, char(0)) = 0),
  -- What was done to the row.
  action TEXT NOT NULL
    CONSTRAINT "revisions.action is text and not empty"
    CHECK (typeof(action) = 'text' AND trim(action) <> '' AND instr(action, char(0)) = 0)
    CONSTRAINT "revisions.action is update or delete"
    CHECK (action IN ('update', 'delete')),
  -- The column whose value is kept here.
  column_name TEXT NOT NULL
    CONSTRAINT "revisions.column_name is text and not empty"
    CHECK (typeof(column_name) = 'text' AND trim(column_name) <> '' AND instr(column_name, char(0)) = 0),
  -- The value before the change, with a reference written as the key it pointed to; NULL when
  -- there was none.
  was
);
-- Serves the question "what did this row say before?".
CREATE INDEX revisions_by_row ON revisions (table_name, row_key);

-- The days that a date in this archive stands for. Derived: a row appears here, by trigger, for
-- every date that another table holds, and says its earliest and latest day. The date itself
-- stays as stated where it was written.
CREATE TABLE dates (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
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

-- Reads every date: cuts an interval at the slash, takes off the marks, completes each end to a
-- day and asks the calendar whether that day exists (31 June comes back as 1 July, so it differs).
-- Nb. glob() and strftime() stand for GLOB and date(): DuckDB reads every view by its own grammar,
-- and one that it cannot parse hides them all.
CREATE VIEW dates_parsed AS
WITH ends AS (
  SELECT id, edtf, instr(edtf, '/') > 0 AS is_interval,
    CASE WHEN instr(edtf, '/') = 0 THEN edtf ELSE substr(edtf, 1, instr(edtf, '/') - 1) END AS a,
    CASE WHEN instr(edtf, '/') = 0 THEN edtf ELSE substr(edtf, instr(edtf, '/') + 1) END AS b
  FROM dates
), bare AS (
  SELECT id, edtf,
    is_interval AND a IN ('', '..') AS no_start,
    is_interval AND b IN ('', '..') AS no_end,
    CASE WHEN glob('*[?~%]', a) THEN substr(a, 1, length(a) - 1) ELSE a END AS a,
    CASE WHEN glob('*[?~%]', b) THEN substr(b, 1, length(b) - 1) ELSE b END AS b
  FROM ends
), days AS (
  SELECT id, edtf, no_start, no_end,
    CASE
      WHEN glob('[0-9][0-9][0-9][0-9]', a) OR glob('[0-9][0-9][0-9]X', a) OR glob('[0-9][0-9]XX', a)
        THEN replace(a, 'X', '0') || '-01-01'
      WHEN glob('[0-9][0-9][0-9][0-9]-XX', a) OR glob('[0-9][0-9][0-9][0-9]-XX-XX', a)
        THEN substr(a, 1, 4) || '-01-01'
      WHEN glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]', a) OR glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-XX', a)
        THEN substr(a, 1, 7) || '-01'
      WHEN glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]', a) THEN a
    END AS first,
    CASE
      WHEN glob('[0-9][0-9][0-9][0-9]', b) OR glob('[0-9][0-9][0-9]X', b) OR glob('[0-9][0-9]XX', b)
        THEN replace(b, 'X', '9') || '-12-31'
      WHEN glob('[0-9][0-9][0-9][0-9]-XX', b) OR glob('[0-9][0-9][0-9][0-9]-XX-XX', b)
        THEN substr(b, 1, 4) || '-12-31'
      WHEN glob('[0-9][0-9][0-9][0-9]-12', b) OR glob('[0-9][0-9][0-9][0-9]-12-XX', b)
        THEN substr(b, 1, 7) || '-31'
      WHEN glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]', b) OR glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-XX', b)
        THEN strftime('%Y-%m-%d', substr(b, 1, 7) || '-01', '+1 month', '-1 day')
      WHEN glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]', b) THEN b
    END AS last
  FROM bare
), checked AS (
  SELECT id, edtf,
    CASE WHEN no_start THEN NULL ELSE first END AS earliest,
    CASE WHEN no_end THEN NULL ELSE last END AS latest,
    NOT (no_start AND no_end)
      AND (no_start OR ifnull(first >= '0001-01-01' AND strftime('%Y-%m-%d', first, '+0 days') = first, 0))
      AND (no_end OR ifnull(last >= '0001-01-01' AND strftime('%Y-%m-%d', last, '+0 days') = last, 0))
      AND (no_start OR no_end OR first <= last) AS valid
  FROM days
)
-- What is no date stands for no days at all.
SELECT id, edtf,
  CASE WHEN valid THEN earliest END AS earliest,
  CASE WHEN valid THEN latest END AS latest
FROM checked;

CREATE TRIGGER dates_insert_guard BEFORE INSERT ON dates BEGIN
  SELECT RAISE(ABORT, 'dates: this date is here already; rows are kept by triggers')
    WHERE EXISTS (SELECT 1 FROM dates WHERE id = new.id OR edtf = new.edtf);
  SELECT RAISE(ABORT, 'dates: write edtf alone; the days that it stands for are derived')
    WHERE new.earliest IS NOT NULL OR new.latest IS NOT NULL;
END;
CREATE TRIGGER dates_fill AFTER INSERT ON dates BEGIN
  UPDATE dates SET
    earliest = (SELECT earliest FROM dates_parsed WHERE id = new.id),
    latest = (SELECT latest FROM dates_parsed WHERE id = new.id),
    uncertain = new.edtf GLOB '*[?%]*',
    approximate = new.edtf GLOB '*[~%]*'
    WHERE id = new.id;
  SELECT RAISE(ABORT, 'not a date: write 2021, 2021-06 or 2021-06-28, with X for an unknown digit, ? ~ % for doubt, or an interval such as 2021-05/2021-06 or ../2021-09-11 (EDTF)')
    WHERE EXISTS (SELECT 1 FROM dates WHERE id = new.id AND earliest IS NULL AND latest IS NULL);
END;
-- Only the row just inserted has no day yet.
CREATE TRIGGER dates_update_guard BEFORE UPDATE ON dates
  WHEN old.earliest IS NOT NULL OR old.latest IS NOT NULL OR new.id IS NOT old.id OR new.edtf IS NOT old.edtf BEGIN
  SELECT RAISE(ABORT, 'dates: rows are derived from the dates in other tables; change those');
END;
CREATE TRIGGER dates_delete_guard BEFORE DELETE ON dates BEGIN
  SELECT RAISE(ABORT, 'dates: rows are derived from the dates in other tables; they stay');
END;

CREATE TRIGGER archive_insert_guard BEFORE INSERT ON archive BEGIN
  SELECT RAISE(ABORT, 'archive: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM archive WHERE id = new.id);
  SELECT RAISE(ABORT, 'archive.desk: no source has this key')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE key = new.desk);
END;
CREATE TRIGGER archive_update_guard BEFORE UPDATE ON archive BEGIN
  SELECT RAISE(ABORT, 'archive: id and format are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.format IS NOT old.format;
  SELECT RAISE(ABORT, 'archive.desk: no source has this key')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE key = new.desk);
END;

-- A new archive that takes its title from a document, or its row from an export, has no history yet.
CREATE TRIGGER archive_updated AFTER UPDATE ON archive
  WHEN EXISTS (SELECT 1 FROM claims) BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'archive', 'archive', 'update', col, was FROM (
    SELECT 'created' AS col, old.created AS was WHERE old.created IS NOT new.created
    UNION ALL SELECT 'title', old.title WHERE old.title IS NOT new.title
    UNION ALL SELECT 'desk', old.desk WHERE old.desk IS NOT new.desk
  );
END;

CREATE TRIGGER revisions_insert_guard BEFORE INSERT ON revisions BEGIN
  SELECT RAISE(ABORT, 'revisions: this id is taken; revisions are append-only')
    WHERE EXISTS (SELECT 1 FROM revisions WHERE id = new.id);
END;
CREATE TRIGGER revisions_update_guard BEFORE UPDATE ON revisions BEGIN
  SELECT RAISE(ABORT, 'revisions: revisions are append-only');
END;
CREATE TRIGGER revisions_delete_guard BEFORE DELETE ON revisions BEGIN
  SELECT RAISE(ABORT, 'revisions: revisions are append-only');
END;

-- The identity of the file, for tools that look at the header alone: 'onrc'.
PRAGMA application_id = 1869509219;
