-- Reports that are stored in the file.

-- What each report in this file answers. The report itself is the view report_NAME; one without
-- a row here is listed all the same.
CREATE TABLE reports (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Name of the report: the view without "report_".
  name TEXT NOT NULL UNIQUE
    CONSTRAINT "reports.name is text and not empty"
    CHECK (typeof(name) = 'text' AND trim(name) <> '' AND instr(name, char(0)) = 0),
  -- Title in a few words.
  title TEXT NOT NULL
    CONSTRAINT "reports.title is text and not empty"
    CHECK (typeof(title) = 'text' AND trim(title) <> '' AND instr(title, char(0)) = 0),
  -- The question it answers; NULL when not said.
  question TEXT
    CONSTRAINT "reports.question is text, or NULL; never empty"
    CHECK (typeof(question) IN ('text', 'null') AND trim(question) <> '' AND instr(question, char(0)) = 0),
  -- What each column means, a line each, "name: meaning"; NULL when not said.
  columns TEXT
    CONSTRAINT "reports.columns is text, or NULL; never empty"
    CHECK (typeof(columns) IN ('text', 'null') AND trim(columns) <> '' AND instr(columns, char(0)) = 0),
  -- The chart that suits it, such as "bars claims by status"; NULL when none does.
  chart TEXT
    CONSTRAINT "reports.chart is text, or NULL; never empty"
    CHECK (typeof(chart) IN ('text', 'null') AND trim(chart) <> '' AND instr(chart, char(0)) = 0),
  -- 1 when the program keeps the view up to date; 0 for a user's own.
  builtin INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "reports.builtin is 0 or 1"
    CHECK (typeof(builtin) = 'integer' AND builtin IN (0, 1))
);

CREATE TRIGGER reports_insert_guard BEFORE INSERT ON reports BEGIN
  SELECT RAISE(ABORT, 'reports: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM reports WHERE id = new.id);
  SELECT RAISE(ABORT, 'reports: this name is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM reports WHERE name = new.name);
END;
CREATE TRIGGER reports_update_guard BEFORE UPDATE ON reports BEGIN
  SELECT RAISE(ABORT, 'reports: id and name are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.name IS NOT old.name;
  SELECT RAISE(ABORT, 'reports: another row has this name')
    WHERE EXISTS (SELECT 1 FROM reports WHERE name = new.name AND id <> old.id);
END;
