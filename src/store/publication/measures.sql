-- The measures that have a figure to show.
SELECT m.key, m.title, m.scope, g.label AS growth
FROM measures AS m JOIN growths AS g ON g.code = m.growth
WHERE EXISTS (SELECT 1 FROM figures AS f JOIN claims AS c ON c.id = f.claim_id
  WHERE f.measure_id = m.id AND c.withdrawn IS NULL)
ORDER BY m.id;
