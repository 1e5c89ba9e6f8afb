-- What the kinds of thing that measures count allow their figures to be.

-- 1 when things are counted one by one, so that a part of one is doubtful: 0.5 people; 0 when any
-- fraction makes sense.
ALTER TABLE dimensions ADD COLUMN counts_wholes INTEGER NOT NULL DEFAULT 0
  CONSTRAINT "dimensions.counts_wholes is 0 or 1"
  CHECK (typeof(counts_wholes) = 'integer' AND counts_wholes IN (0, 1));
-- 1 when a figure may be below zero; 0 when none is: -5 people.
ALTER TABLE dimensions ADD COLUMN may_be_negative INTEGER NOT NULL DEFAULT 1
  CONSTRAINT "dimensions.may_be_negative is 0 or 1"
  CHECK (typeof(may_be_negative) = 'integer' AND may_be_negative IN (0, 1));
-- 1 when a figure is a fraction of one, so that 25 % is 0.25; 0 when a per cent sign makes no sense.
ALTER TABLE dimensions ADD COLUMN takes_percent INTEGER NOT NULL DEFAULT 0
  CONSTRAINT "dimensions.takes_percent is 0 or 1"
  CHECK (typeof(takes_percent) = 'integer' AND takes_percent IN (0, 1));

UPDATE dimensions SET counts_wholes = 1
  WHERE code IN ('people', 'districts', 'places', 'objects', 'events');
UPDATE dimensions SET may_be_negative = 0
  WHERE code IN ('people', 'share', 'duration', 'distance', 'area', 'districts', 'places', 'objects', 'events');
UPDATE dimensions SET takes_percent = 1 WHERE code IN ('share', 'ratio');
