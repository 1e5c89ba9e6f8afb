-- Keeps kept_figures: a figure is worked out anew when anything changes by which it is compared, whatever tool
-- makes the change. Rows are deleted and inserted, since the conflict clause of the statement that fires a trigger
-- takes the place of one in it.

CREATE TRIGGER figures_insert_keep AFTER INSERT ON figures BEGIN
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id = new.id;
END;
CREATE TRIGGER figures_update_keep AFTER UPDATE OF claim_id, measure_id, value, low, high, qualifier, unit, as_of, out_of_id ON figures BEGIN
  DELETE FROM kept_figures WHERE figure_id = new.id;
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id = new.id;
END;
CREATE TRIGGER figures_delete_keep AFTER DELETE ON figures BEGIN
  DELETE FROM kept_figures WHERE figure_id = old.id;
END;

CREATE TRIGGER claims_update_keep AFTER UPDATE OF happened, withdrawn ON claims
  WHEN new.happened IS NOT old.happened OR new.withdrawn IS NOT old.withdrawn BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = new.id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = new.id);
END;

CREATE TRIGGER measures_update_keep AFTER UPDATE OF growth, unit, starts ON measures
  WHEN new.growth <> old.growth OR new.unit IS NOT old.unit OR new.starts IS NOT old.starts BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE measure_id = new.id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE measure_id = new.id);
END;

CREATE TRIGGER qualifiers_update_keep AFTER UPDATE ON qualifiers BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE qualifier = new.code);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE qualifier = new.code);
END;

-- A figure without a time of its own, of a claim without one, has that of the first source that said it.
CREATE TRIGGER mentions_insert_keep AFTER INSERT ON mentions
  WHEN EXISTS (SELECT 1 FROM figures WHERE claim_id = new.claim_id AND as_of IS NULL) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = new.claim_id AND as_of IS NULL);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = new.claim_id AND as_of IS NULL);
END;
CREATE TRIGGER mentions_update_keep AFTER UPDATE OF claim_id, source_id, said_on ON mentions
  WHEN EXISTS (SELECT 1 FROM figures WHERE claim_id IN (old.claim_id, new.claim_id) AND as_of IS NULL) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (old.claim_id, new.claim_id) AND as_of IS NULL);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (old.claim_id, new.claim_id) AND as_of IS NULL);
END;
CREATE TRIGGER mentions_delete_keep AFTER DELETE ON mentions
  WHEN EXISTS (SELECT 1 FROM figures WHERE claim_id = old.claim_id AND as_of IS NULL) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = old.claim_id AND as_of IS NULL);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = old.claim_id AND as_of IS NULL);
END;
CREATE TRIGGER sources_update_keep AFTER UPDATE OF published ON sources WHEN new.published IS NOT old.published BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT f.id FROM mentions AS n JOIN figures AS f ON f.claim_id = n.claim_id WHERE n.source_id = new.id AND f.as_of IS NULL);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT f.id FROM mentions AS n JOIN figures AS f ON f.claim_id = n.claim_id WHERE n.source_id = new.id AND f.as_of IS NULL);
END;

-- Two figures are of one event at most where the places of their claims are.
CREATE TRIGGER claim_locations_insert_keep AFTER INSERT ON claim_locations
  WHEN EXISTS (SELECT 1 FROM figures WHERE claim_id = new.claim_id) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = new.claim_id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = new.claim_id);
END;
CREATE TRIGGER claim_locations_update_keep AFTER UPDATE OF claim_id, location_id, relation ON claim_locations
  WHEN EXISTS (SELECT 1 FROM figures WHERE claim_id IN (old.claim_id, new.claim_id)) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (old.claim_id, new.claim_id));
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (old.claim_id, new.claim_id));
END;
CREATE TRIGGER claim_locations_delete_keep AFTER DELETE ON claim_locations
  WHEN EXISTS (SELECT 1 FROM figures WHERE claim_id = old.claim_id) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = old.claim_id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = old.claim_id);
END;
CREATE TRIGGER locations_update_keep AFTER UPDATE OF kind ON locations
  WHEN (SELECT event_scale FROM location_kinds WHERE code = new.kind) IS NOT (SELECT event_scale FROM location_kinds WHERE code = old.kind) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = new.id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = new.id);
END;
CREATE TRIGGER location_kinds_update_keep AFTER UPDATE OF event_scale ON location_kinds WHEN new.event_scale <> old.event_scale BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (
    SELECT f.id FROM locations AS l JOIN claim_locations AS cl ON cl.location_id = l.id JOIN figures AS f ON f.claim_id = cl.claim_id WHERE l.kind = new.code);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (
    SELECT f.id FROM locations AS l JOIN claim_locations AS cl ON cl.location_id = l.id JOIN figures AS f ON f.claim_id = cl.claim_id WHERE l.kind = new.code);
END;

-- A place that holds another sets no claim apart.
CREATE TRIGGER locations_insert_within_keep AFTER INSERT ON locations
  WHEN new.within_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE within_id = new.within_id AND id <> new.id) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = new.within_id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = new.within_id);
END;
CREATE TRIGGER locations_update_within_keep AFTER UPDATE OF within_id ON locations WHEN new.within_id IS NOT old.within_id BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = old.within_id AND NOT EXISTS (SELECT 1 FROM locations WHERE within_id = old.within_id));
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = old.within_id AND NOT EXISTS (SELECT 1 FROM locations WHERE within_id = old.within_id));
  DELETE FROM kept_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = new.within_id AND NOT EXISTS (SELECT 1 FROM locations WHERE within_id = new.within_id AND id <> new.id));
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = new.within_id AND NOT EXISTS (SELECT 1 FROM locations WHERE within_id = new.within_id AND id <> new.id));
END;
CREATE TRIGGER locations_delete_within_keep AFTER DELETE ON locations
  WHEN old.within_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE within_id = old.within_id) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = old.within_id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = old.within_id);
END;
-- Nor does one of two places that tell of one event.
CREATE TRIGGER claim_links_insert_keep AFTER INSERT ON claim_links WHEN new.relation = 'same_event' BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (new.from_id, new.to_id));
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (new.from_id, new.to_id));
END;
CREATE TRIGGER claim_links_update_keep AFTER UPDATE OF from_id, relation, to_id ON claim_links
  WHEN new.relation = 'same_event' OR old.relation = 'same_event' BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (old.from_id, old.to_id, new.from_id, new.to_id));
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (old.from_id, old.to_id, new.from_id, new.to_id));
END;
CREATE TRIGGER claim_links_delete_keep AFTER DELETE ON claim_links WHEN old.relation = 'same_event' BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (old.from_id, old.to_id));
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id IN (old.from_id, old.to_id));
END;

-- An undo may put a figure back before what it follows from.
CREATE TRIGGER claims_insert_keep AFTER INSERT ON claims WHEN EXISTS (SELECT 1 FROM figures WHERE claim_id = new.id) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = new.id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE claim_id = new.id);
END;
CREATE TRIGGER measures_insert_keep AFTER INSERT ON measures WHEN EXISTS (SELECT 1 FROM figures WHERE measure_id = new.id) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT id FROM figures WHERE measure_id = new.id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT id FROM figures WHERE measure_id = new.id);
END;
CREATE TRIGGER sources_insert_keep AFTER INSERT ON sources WHEN EXISTS (SELECT 1 FROM mentions WHERE source_id = new.id) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT f.id FROM mentions AS n JOIN figures AS f ON f.claim_id = n.claim_id WHERE n.source_id = new.id AND f.as_of IS NULL);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT f.id FROM mentions AS n JOIN figures AS f ON f.claim_id = n.claim_id WHERE n.source_id = new.id AND f.as_of IS NULL);
END;
CREATE TRIGGER locations_insert_keep AFTER INSERT ON locations WHEN EXISTS (SELECT 1 FROM claim_locations WHERE location_id = new.id) BEGIN
  DELETE FROM kept_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = new.id);
  INSERT INTO kept_figures SELECT * FROM computed_figures WHERE figure_id IN (SELECT f.id FROM claim_locations AS cl JOIN figures AS f ON f.claim_id = cl.claim_id WHERE cl.location_id = new.id);
END;
