-- Full-text search over claims, sources and places, in any script, accents ignored.
--
-- The indexes are never written by a trigger, because a tool without FTS5 could then not edit the
-- tables. Plain triggers note the row, with the text that is in the index, in search_dirty; the
-- program brings the indexes up to date at its next write, and until then reads the noted rows
-- themselves.

-- Rows whose text changed since the indexes were last brought up to date.
CREATE TABLE search_dirty (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The table of the row.
  table_name TEXT NOT NULL,
  -- The id of the row.
  row_id INTEGER NOT NULL,
  -- 1 when the row is in the index with the old text below; 0 when it is new.
  indexed INTEGER NOT NULL,
  -- The indexed columns, in the order of the index, as the index has them.
  old_1, old_2, old_3, old_4,
  UNIQUE (table_name, row_id)
);

CREATE VIRTUAL TABLE claims_fts USING fts5(
  text, note, content="claims", content_rowid="id", tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER claims_search_insert AFTER INSERT ON claims BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed)
    SELECT 'claims', new.id, 0 WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = new.id);
END;
CREATE TRIGGER claims_search_update AFTER UPDATE OF text, note ON claims BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2)
    SELECT 'claims', old.id, 1, old.text, old.note WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = old.id);
END;
CREATE TRIGGER claims_search_delete AFTER DELETE ON claims BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2)
    SELECT 'claims', old.id, 1, old.text, old.note WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'claims' AND row_id = old.id);
END;

CREATE VIRTUAL TABLE sources_fts USING fts5(
  title, author, outlet, note, content="sources", content_rowid="id", tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER sources_search_insert AFTER INSERT ON sources BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed)
    SELECT 'sources', new.id, 0 WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'sources' AND row_id = new.id);
END;
CREATE TRIGGER sources_search_update AFTER UPDATE OF title, author, outlet, note ON sources BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'sources', old.id, 1, old.title, old.author, old.outlet, old.note WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'sources' AND row_id = old.id);
END;
CREATE TRIGGER sources_search_delete AFTER DELETE ON sources BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
    SELECT 'sources', old.id, 1, old.title, old.author, old.outlet, old.note WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'sources' AND row_id = old.id);
END;

CREATE VIRTUAL TABLE locations_fts USING fts5(
  name, note, content="locations", content_rowid="id", tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER locations_search_insert AFTER INSERT ON locations BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed)
    SELECT 'locations', new.id, 0 WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = new.id);
END;
CREATE TRIGGER locations_search_update AFTER UPDATE OF name, note ON locations BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2)
    SELECT 'locations', old.id, 1, old.name, old.note WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = old.id);
END;
CREATE TRIGGER locations_search_delete AFTER DELETE ON locations BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2)
    SELECT 'locations', old.id, 1, old.name, old.note WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'locations' AND row_id = old.id);
END;

CREATE VIRTUAL TABLE location_names_fts USING fts5(
  name, content="location_names", content_rowid="id", tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER location_names_search_insert AFTER INSERT ON location_names BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed)
    SELECT 'location_names', new.id, 0 WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'location_names' AND row_id = new.id);
END;
CREATE TRIGGER location_names_search_update AFTER UPDATE OF name ON location_names BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1)
    SELECT 'location_names', old.id, 1, old.name WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'location_names' AND row_id = old.id);
END;
CREATE TRIGGER location_names_search_delete AFTER DELETE ON location_names BEGIN
  INSERT INTO search_dirty (table_name, row_id, indexed, old_1)
    SELECT 'location_names', old.id, 1, old.name WHERE NOT EXISTS (
      SELECT 1 FROM search_dirty WHERE table_name = 'location_names' AND row_id = old.id);
END;
