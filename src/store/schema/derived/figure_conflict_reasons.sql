-- The reason why two figures cannot both be right, in words: written once, for the report and for the
-- published page.
CREATE VIEW figure_conflict_reasons AS
SELECT
  -- The smaller of the two figures.
  p.figure_a,
  -- The larger of the two figures.
  p.figure_b,
  -- conflict, possible conflict, revision or likely transcription slip.
  p.finding,
  -- The least that the larger can mean, over the most that the smaller can; NULL when that is 0.
  p.gap,
  -- What makes the two comparable, and what looks like a slip.
  CAST(CASE p.time WHEN 'same' THEN CASE m.growth WHEN 'constant' THEN 'it does not change' ELSE 'for the same time' END
    WHEN 'event' THEN 'of the same event' WHEN 'place' THEN 'at one place on the same days'
    WHEN 'overlap' THEN 'for times that overlap' WHEN 'fall' THEN 'it only grows, and is lower later'
    ELSE 'for other times' END
  || CASE WHEN p.slip IS NULL THEN '' ELSE '; ' || p.slip || ': ' || coalesce(a.value, a.low, a.high)
    || ' / ' || coalesce(b.value, b.low, b.high) END
  || CASE WHEN p.finding = 'revision' THEN '; one voice said both, on different days' ELSE '' END
  || CASE WHEN ba.assumed + bb.assumed > 0 THEN '; a tolerance is assumed' ELSE '' END
  || CASE WHEN p.time_assumed = 1 THEN '; a time is assumed' ELSE '' END AS TEXT) AS why
FROM figure_conflicts AS p
JOIN figures AS a ON a.id = p.figure_a JOIN figures AS b ON b.id = p.figure_b
JOIN figure_bounds AS ba ON ba.figure_id = a.id JOIN figure_bounds AS bb ON bb.figure_id = b.id
JOIN measures AS m ON m.id = a.measure_id
