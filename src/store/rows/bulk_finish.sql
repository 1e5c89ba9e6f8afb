-- Ends a bulk load: the status of the claims that got a verdict, and the search index of every row
-- that is new. Rows that were there before are noted in search_dirty by their own triggers; a new row
-- that was changed again in the same load is indexed as it is now.
--
-- A claim all of whose new verdicts say what its status says has the right one, whichever holds.
UPDATE claims SET status = (
    SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
    WHERE k.claim_id = claims.id)
  WHERE id IN (
    SELECT a.claim_id FROM assessments AS a JOIN claims AS c ON c.id = a.claim_id
    WHERE a.id > (SELECT id FROM bulk_since WHERE name = 'assessments') AND a.status <> c.status);

DELETE FROM search_dirty
  WHERE row_id > (SELECT id FROM bulk_since WHERE name = search_dirty.table_name);
INSERT INTO claims_fts (rowid, text, note)
  SELECT id, text, note FROM claims WHERE id > (SELECT id FROM bulk_since WHERE name = 'claims') ORDER BY id;
INSERT INTO sources_fts (rowid, title, author, outlet, note)
  SELECT id, title, author, outlet, note FROM sources
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'sources') ORDER BY id;
INSERT INTO locations_fts (rowid, name, note)
  SELECT id, name, note FROM locations
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'locations') ORDER BY id;
INSERT INTO location_names_fts (rowid, name)
  SELECT id, name FROM location_names
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'location_names') ORDER BY id;
