-- A figure in words: how exact, the number, the unit, and what it is given for.
CREATE VIEW figure_words AS
SELECT
  -- The figure.
  f.id AS figure_id,
  -- How exact, and the number.
  a.amount,
  -- The same with the unit, in brackets where no number is said: "over 69 km", "no number said (months)".
  CAST(a.amount || a.unit_words AS TEXT) AS counted,
  -- The figure in words, such as "over 69 out of 407, 2021-06-29".
  CAST(a.amount || a.unit_words
    -- The number of a withdrawn claim is said nowhere.
    || CASE WHEN w.withdrawn IS NULL THEN coalesce(' out of ' || coalesce(o.value, o.low, o.high), '') ELSE '' END
    || coalesce(', ' || f.as_of, '') AS TEXT) AS words
FROM figures AS f
JOIN (
  SELECT n.id,
    CASE WHEN n.value IS NULL AND n.low IS NULL AND n.high IS NULL AND (q.least IS NULL AND q.most IS NULL OR q.most = 0)
      THEN coalesce(' (' || coalesce(n.unit, c.unit) || ')', '') ELSE coalesce(' ' || coalesce(n.unit, c.unit), '') END AS unit_words,
    CAST(CASE WHEN n.qualifier IN ('exact', 'between') THEN '' WHEN n.value IS NULL AND n.low IS NULL AND n.high IS NULL
      THEN q.label ELSE q.label || ' ' END
    || CASE
      WHEN typeof(n.value) = 'real' AND abs(n.value) >= 0.1 THEN CAST(round(n.value, 4) AS TEXT)
      WHEN typeof(n.value) = 'real' AND abs(n.value) >= 0.0001 THEN CAST(round(n.value, 7) AS TEXT)
      WHEN n.value IS NOT NULL THEN CAST(n.value AS TEXT)
      WHEN n.low IS NOT NULL AND n.high IS NOT NULL THEN n.low || ' to ' || n.high
      WHEN n.low IS NOT NULL THEN n.low || CASE WHEN n.qualifier IN ('exact', 'between') THEN ' or more' ELSE '' END
      WHEN n.high IS NOT NULL THEN n.high || CASE WHEN n.qualifier IN ('exact', 'between') THEN ' or less' ELSE '' END
      ELSE '' END AS TEXT) AS amount
  FROM figures AS n JOIN qualifiers AS q ON q.code = n.qualifier JOIN measures AS c ON c.id = n.measure_id
) AS a ON a.id = f.id
LEFT JOIN figures AS o ON o.id = f.out_of_id
LEFT JOIN claims AS w ON w.id = o.claim_id;
