-- What else of a figure decides whether it conflicts with another, so that a pair is found without a look at the figures
-- and the places of their claims.

-- 1 when its claim is placed, and no place of it is larger than a district; else 0, and its places do not tell apart the
-- event that it counts from others.
ALTER TABLE kept_figures ADD COLUMN is_placed INTEGER NOT NULL DEFAULT 0;
-- The number that is stated, in floating point: the value, else the one end that is stated; NULL when none is.
ALTER TABLE kept_figures ADD COLUMN stated REAL;
-- The figure that it is a part of; NULL when it is stated as a part of none.
ALTER TABLE kept_figures ADD COLUMN out_of_id INTEGER;
-- Serves the neighbours of a figure in time, and tells by itself which of them agree with it or are elsewhere.
DROP INDEX kept_figures_in_time;
CREATE INDEX kept_figures_in_time ON kept_figures (
  measure_id, unit, since, time_key, lower, upper, lower_exclusive, upper_exclusive, claim_id, place_id, is_placed)
  WHERE is_comparable = 1;
