-- Puts every row that a bulk load added into the search index. Rows that were there before are noted
-- in search_dirty by their own triggers; a new row that was changed again in the same load is indexed
-- as it is now. Written by a test from what src/model/schema/ says of each table (BLESS=1 cargo test
-- generated).
DELETE FROM search_dirty
  WHERE row_id > (SELECT id FROM bulk_since WHERE name = search_dirty.table_name);
INSERT INTO sources_fts (rowid, title, author, outlet, note)
  SELECT id, title, author, outlet, note FROM sources
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'sources') ORDER BY id;
INSERT INTO locations_fts (rowid, name, note)
  SELECT id, name, note FROM locations
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'locations') ORDER BY id;
INSERT INTO location_names_fts (rowid, name)
  SELECT id, name FROM location_names
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'location_names') ORDER BY id;
INSERT INTO claims_fts (rowid, text, note)
  SELECT id, text, note FROM claims
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'claims') ORDER BY id;
