-- Descriptions for other tools: the reports, the meanings of columns, and the claims as a map layer
-- that GDAL and QGIS open from this file, by the convention of FDO (a view with the shape as text,
-- listed in geometry_columns).

-- Descriptions of the reports in this file. A report itself is the view report_NAME; a view without a
-- row here is a report too.
CREATE TABLE reports (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Name of the report: the view without "report_".
  name TEXT NOT NULL UNIQUE
    CONSTRAINT "reports.name is text, not empty, and at most a million characters"
    CHECK (typeof(name) = 'text' AND trim(name) <> '' AND length(name) <= 1000000 AND instr(name, char(0)) = 0),
  -- Title in a few words.
  title TEXT NOT NULL
    CONSTRAINT "reports.title is text, not empty, and at most a million characters"
    CHECK (typeof(title) = 'text' AND trim(title) <> '' AND length(title) <= 1000000 AND instr(title, char(0)) = 0),
  -- The question it answers; NULL when not stated.
  question TEXT
    CONSTRAINT "reports.question is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(question) IN ('text', 'null') AND trim(question) <> ''
      AND length(question) <= 1000000 AND instr(question, char(0)) = 0),
  -- Meaning of each column, a line each, "name: meaning"; NULL when not stated.
  columns TEXT
    CONSTRAINT "reports.columns is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(columns) IN ('text', 'null') AND trim(columns) <> ''
      AND length(columns) <= 1000000 AND instr(columns, char(0)) = 0),
  -- The chart that it declares, such as "bars claims by status"; NULL when it declares none.
  chart TEXT
    CONSTRAINT "reports.chart is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(chart) IN ('text', 'null') AND trim(chart) <> ''
      AND length(chart) <= 1000000 AND instr(chart, char(0)) = 0),
  -- 1 when the program keeps the view up to date; 0 for a user's own.
  builtin INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "reports.builtin is 0 or 1"
    CHECK (typeof(builtin) = 'integer' AND builtin IN (0, 1))
);

-- Meanings of the tables, views and columns of this file. Derived: the program takes them from the
-- comments in its schema and the headers of reports, and "check --repair" restores those that were
-- edited. Rows about tables of your own stay.
CREATE TABLE columns (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The table or view.
  table_name TEXT NOT NULL
    CONSTRAINT "columns.table_name is text, not empty, and at most a million characters"
    CHECK (typeof(table_name) = 'text' AND trim(table_name) <> ''
      AND length(table_name) <= 1000000 AND instr(table_name, char(0)) = 0),
  -- Its column; empty, and never NULL, where the table itself is meant.
  column_name TEXT NOT NULL
    CONSTRAINT "columns.column_name is text; empty for the table itself"
    CHECK (typeof(column_name) = 'text' AND length(column_name) <= 1000000 AND instr(column_name, char(0)) = 0),
  -- Its meaning. A column without a description has no row.
  meaning TEXT NOT NULL
    CONSTRAINT "columns.meaning is text, not empty, and at most a million characters"
    CHECK (typeof(meaning) = 'text' AND trim(meaning) <> ''
      AND length(meaning) <= 1000000 AND instr(meaning, char(0)) = 0),
  UNIQUE (table_name, column_name)
);

-- Views that are map layers.
CREATE TABLE geometry_columns (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The view.
  f_table_name VARCHAR NOT NULL UNIQUE,
  -- Its column that holds the shape.
  f_geometry_column VARCHAR NOT NULL,
  -- 1: points.
  geometry_type INTEGER NOT NULL,
  -- 2: longitude and latitude.
  coord_dimension INTEGER NOT NULL,
  -- The coordinate system, a row of spatial_ref_sys.
  srid INTEGER NOT NULL,
  -- Format of the shape: WKT, well-known text.
  geometry_format VARCHAR NOT NULL
);

-- The coordinate systems in use.
CREATE TABLE spatial_ref_sys (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Number by which geometry_columns names it.
  srid INTEGER NOT NULL UNIQUE,
  -- The authority that numbered it.
  auth_name TEXT NOT NULL,
  -- Its number there.
  auth_srid TEXT NOT NULL,
  -- Its definition as well-known text.
  srtext TEXT NOT NULL
);

INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext) VALUES (4326, 'EPSG', '4326',
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]');
INSERT INTO geometry_columns
  (f_table_name, f_geometry_column, geometry_type, coord_dimension, srid, geometry_format)
  VALUES ('map_claims', 'geometry', 1, 2, 4326, 'WKT');
