-- Empties what a source or place is recognised by when its name, address or kind changes, until the program
-- writes again. What is not computed is never wrong.
CREATE TRIGGER sources_identity_updated AFTER UPDATE OF title, kind, url, identifier ON sources
  WHEN new.folded IS NOT NULL AND (new.title IS NOT old.title OR new.kind IS NOT old.kind
    OR new.url IS NOT old.url OR new.identifier IS NOT old.identifier) BEGIN
  UPDATE sources SET folded = NULL, canonical = NULL, canonical_identifier = NULL WHERE id = new.id;
END;
CREATE TRIGGER locations_identity_updated AFTER UPDATE OF name ON locations
  WHEN new.folded IS NOT NULL AND new.name IS NOT old.name BEGIN
  UPDATE locations SET folded = NULL WHERE id = new.id;
END;
CREATE TRIGGER location_names_identity_updated AFTER UPDATE OF name ON location_names
  WHEN new.folded IS NOT NULL AND new.name IS NOT old.name BEGIN
  UPDATE location_names SET folded = NULL WHERE id = new.id;
END;
