-- What has to be known of each figure before it is compared, kept in the order of time, so that a figure is
-- compared with its neighbours and not with all. Triggers keep these rows, whatever tool makes a change: they
-- are always what the view computed_figures works out.

-- What each figure of a claim that was not withdrawn is compared by.
CREATE TABLE kept_figures (
  -- The figure.
  figure_id INTEGER PRIMARY KEY,
  -- The claim that holds it.
  claim_id INTEGER NOT NULL,
  -- What it counts.
  measure_id INTEGER NOT NULL,
  -- The unit, empty when things are simply counted.
  unit TEXT NOT NULL,
  -- Since when a cumulative figure adds up; empty when nothing says, and for other measures.
  since TEXT NOT NULL,
  -- The first day it can be given for, empty when its measure never changes; NULL when nothing says.
  first_day TEXT,
  -- The last day it can be given for, empty when its measure never changes; NULL when nothing says.
  last_day TEXT,
  -- The time it is compared for (EDTF): as stated, else of its claim or its sources; NULL when nothing says.
  given_for TEXT,
  -- 1 when that time is not stated with the figure, but taken from its claim or its sources; else 0.
  time_assumed INTEGER NOT NULL,
  -- The least it can mean; NULL when nothing bounds it below.
  lower NUMERIC,
  -- The most it can mean; NULL when nothing bounds it above.
  upper NUMERIC,
  -- 1 when it is more than lower, and not lower itself; else 0.
  lower_exclusive INTEGER NOT NULL,
  -- 1 when it is less than upper, and not upper itself; else 0.
  upper_exclusive INTEGER NOT NULL,
  -- 1 when it can be compared with others; else 0.
  is_comparable INTEGER NOT NULL
);
-- Serves the neighbours of a figure in time.
CREATE INDEX kept_figures_in_time ON kept_figures (measure_id, unit, since, first_day, last_day)
  WHERE is_comparable = 1;
