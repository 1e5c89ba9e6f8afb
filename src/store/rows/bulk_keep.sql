-- What the triggers on new rows keep of figures, for all rows that a bulk load added: the new figures, and those of
-- old claims that have a new mention.
-- A change to one of these may have kept it already.
DELETE FROM kept_figures WHERE figure_id > (SELECT id FROM bulk_since WHERE name = 'figures');
DELETE FROM kept_figures WHERE figure_id IN (
  SELECT f.id FROM mentions AS n JOIN figures AS f ON f.claim_id = n.claim_id
  WHERE n.id > (SELECT id FROM bulk_since WHERE name = 'mentions')
    AND n.claim_id <= (SELECT id FROM bulk_since WHERE name = 'claims') AND f.as_of IS NULL);
INSERT INTO kept_figures
  SELECT * FROM computed_figures WHERE figure_id > (SELECT id FROM bulk_since WHERE name = 'figures');
INSERT INTO kept_figures
  SELECT * FROM computed_figures WHERE figure_id IN (
    SELECT f.id FROM mentions AS n JOIN figures AS f ON f.claim_id = n.claim_id
    WHERE n.id > (SELECT id FROM bulk_since WHERE name = 'mentions')
      AND n.claim_id <= (SELECT id FROM bulk_since WHERE name = 'claims') AND f.as_of IS NULL)
    AND figure_id <= (SELECT id FROM bulk_since WHERE name = 'figures');
