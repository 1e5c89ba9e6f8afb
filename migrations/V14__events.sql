-- Events: what is counted in one of them, which claims speak of one, and whose count a number is.

-- 1 for a kind of place so small that what happens there on one day is likely to be one event; 0 for a
-- province or more.
ALTER TABLE location_kinds ADD COLUMN event_scale INTEGER NOT NULL DEFAULT 0
  CONSTRAINT "location_kinds.event_scale is 0 or 1"
  CHECK (typeof(event_scale) = 'integer' AND event_scale IN (0, 1));
UPDATE location_kinds SET event_scale = 1
  WHERE code IN ('district', 'city', 'town', 'village', 'quarter', 'site');

INSERT INTO growths (code, label, definition, rank) VALUES
  ('per_event', 'Per event', 'Is counted in one event; figures of the same event are compared.', 5);
INSERT INTO link_relations (code, label, definition, symmetric, conflict, rank) VALUES
  ('same_event', 'is of the same event as', 'Both speak of one event, whatever they say of it.', 1, 0, 8);
