-- Whose count a measure is, so that a figure that others are given credit for is found.

-- The body whose count it is; NULL when several bodies count it, or it is not known.
ALTER TABLE measures ADD COLUMN counted_by_id INTEGER REFERENCES sources (id)
  CONSTRAINT "measures.counted_by_id is an integer"
  CHECK (typeof(counted_by_id) IN ('integer', 'null'));
-- Serves the delete guard of sources.
CREATE INDEX measures_by_counter ON measures (counted_by_id) WHERE counted_by_id IS NOT NULL;
