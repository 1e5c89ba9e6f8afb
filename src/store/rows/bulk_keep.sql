-- What the triggers on new rows keep of figures, for all rows that a bulk load added: the new figures, and those of
-- old claims that have a new mention, a new place or a new link, or whose place holds a new one.
CREATE TEMP TABLE bulk_figures (id INTEGER PRIMARY KEY);
INSERT INTO bulk_figures
  SELECT id FROM figures WHERE id > (SELECT id FROM bulk_since WHERE name = 'figures')
  UNION
  SELECT f.id FROM mentions AS n JOIN figures AS f ON f.claim_id = n.claim_id
  WHERE n.id > (SELECT id FROM bulk_since WHERE name = 'mentions')
    AND n.claim_id <= (SELECT id FROM bulk_since WHERE name = 'claims') AND f.as_of IS NULL
  UNION
  SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id
  WHERE cl.id > (SELECT id FROM bulk_since WHERE name = 'claim_locations')
    AND cl.claim_id <= (SELECT id FROM bulk_since WHERE name = 'claims')
  UNION
  SELECT f.id FROM claim_links AS e JOIN figures AS f ON f.claim_id IN (e.from_id, e.to_id)
  WHERE e.id > (SELECT id FROM bulk_since WHERE name = 'claim_links') AND e.relation = 'same_event'
  UNION
  SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id
  WHERE cl.claim_id <= (SELECT id FROM bulk_since WHERE name = 'claims') AND cl.location_id IN (
    SELECT p.id FROM locations AS l JOIN locations AS p ON p.id = l.within_id JOIN location_kinds AS k ON k.code = p.kind
    WHERE l.id > (SELECT id FROM bulk_since WHERE name = 'locations') AND k.event_scale = 1);
-- A change to one of these may have kept it already.
DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM bulk_figures);
INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM bulk_figures);
DROP TABLE bulk_figures;
