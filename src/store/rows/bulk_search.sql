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
-- A claim that was there before, and got words by a new row.
INSERT INTO search_dirty (table_name, row_id, indexed, old_1, old_2, old_3, old_4)
  SELECT 'claims', c.id, 1, c.text, c.note,
    (SELECT group_concat(words, ' | ') FROM (
        SELECT quote AS words FROM mentions WHERE claim_id = c.id AND id <= (SELECT id FROM bulk_since WHERE name = 'mentions') ORDER BY words) AS texts),
    (SELECT group_concat(words, ' | ') FROM (
        SELECT said AS words FROM figures WHERE claim_id = c.id AND id <= (SELECT id FROM bulk_since WHERE name = 'figures') ORDER BY words) AS texts)
  FROM claims AS c WHERE c.id IN (
      SELECT claim_id FROM mentions WHERE id > (SELECT id FROM bulk_since WHERE name = 'mentions') AND quote IS NOT NULL
      UNION ALL SELECT claim_id FROM figures WHERE id > (SELECT id FROM bulk_since WHERE name = 'figures') AND said IS NOT NULL)
    AND c.id <= (SELECT id FROM bulk_since WHERE name = 'claims')
    AND c.id NOT IN (SELECT row_id FROM search_dirty WHERE table_name = 'claims');
