-- Pairs of figures that do not agree, each once: of the two rows that conflicting_figures has for a pair, the one
-- whose own figure is the smaller. The question for one figure, whether it is the smaller or the larger, is best
-- put to conflicting_figures.
CREATE VIEW figure_conflicts AS
SELECT
  -- The smaller of the two figures.
  figure_id AS figure_a,
  -- The larger of the two figures.
  other_id AS figure_b,
  -- conflict; possible conflict (the times only overlap or are assumed, or the event is only likely the
  -- same); revision (one voice said both, on different days); or likely transcription slip.
  finding,
  -- What the slip would be; NULL when the digits do not look like one.
  slip,
  -- What makes them comparable, as in conflicting_figures.
  time,
  -- 1 when a time is not stated with its figure, but taken from its claim or its sources.
  time_assumed,
  -- The least that the larger can mean, over the most that the smaller can; NULL when that is 0.
  gap
FROM conflicting_figures
WHERE is_smaller = 1;
