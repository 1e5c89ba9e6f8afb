-- Full-text search over claims, sources and places, in any script, accents ignored.
--
-- The indexes are never written by a trigger, because a tool without FTS5 could then not edit the
-- tables. Plain triggers note the row, with the text that is in the index, in search_dirty; the
-- program brings the indexes up to date at its next write, and until then reads the noted rows
-- themselves. "using fts5" is in lower case: an engine that knows no FTS5 then refuses the table
-- instead of writing past it.

-- Rows whose text changed since the indexes were last brought up to date.
CREATE TABLE search_dirty (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The table of the row.
  table_name TEXT NOT NULL,
  -- The id of the row.
  row_id INTEGER NOT NULL,
  -- 1 when the row is in the index with the old text below; 0 when it is new.
  indexed INTEGER NOT NULL,
  -- The first indexed column, as the index has it; NULL when the row is new or the column was empty.
  old_1 TEXT,
  -- The second indexed column, likewise; NULL as well where the index has fewer columns.
  old_2 TEXT,
  -- The third indexed column, likewise.
  old_3 TEXT,
  -- The fourth indexed column, likewise.
  old_4 TEXT,
  UNIQUE (table_name, row_id)
);

CREATE VIRTUAL TABLE claims_fts using fts5(
  text, note, content="claims", content_rowid="id", tokenize="unicode61 remove_diacritics 2");

CREATE VIRTUAL TABLE sources_fts using fts5(
  title, author, outlet, note, content="sources", content_rowid="id", tokenize="unicode61 remove_diacritics 2");

CREATE VIRTUAL TABLE locations_fts using fts5(
  name, note, content="locations", content_rowid="id", tokenize="unicode61 remove_diacritics 2");

CREATE VIRTUAL TABLE location_names_fts using fts5(
  name, content="location_names", content_rowid="id", tokenize="unicode61 remove_diacritics 2");

-- table claims_fts: The words of claims, for searching (FTS5). Kept by the program.
--   text: The words of claims.text.
--   note: The words of claims.note.

-- table sources_fts: The words of sources, for searching (FTS5). Kept by the program.
--   title: The words of sources.title.
--   author: The words of sources.author.
--   outlet: The words of sources.outlet.
--   note: The words of sources.note.

-- table locations_fts: The words of places, for searching (FTS5). Kept by the program.
--   name: The words of locations.name.
--   note: The words of locations.note.

-- table location_names_fts: The words of other names of places, for searching (FTS5). Kept by the program.
--   name: The words of location_names.name.
