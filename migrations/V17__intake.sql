-- Intake of many rows: claims whose sort nobody has said, and places found by name. Claims taken in
-- from a data set, a published review or a spreadsheet that does not say what sort of claim each is
-- keep that unsaid until a person says it, instead of having it guessed.

INSERT INTO claim_kinds (code, label, definition, rank)
SELECT 'unsorted', 'Not sorted', 'Taken in from elsewhere; nobody has said yet what sort of claim it is.', 7
WHERE NOT EXISTS (SELECT 1 FROM claim_kinds WHERE code = 'unsorted');

-- Serves the look-up of a place by its name, when one is taken in without a key.
CREATE INDEX locations_by_name ON locations (name);
