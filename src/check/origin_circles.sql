-- title: Origins that go round in a circle
-- question: Is any source, through others, its own origin?
WITH RECURSIVE climb(start, here) AS (
  SELECT source_id, origin_id FROM source_origins
  UNION
  SELECT climb.start, e.origin_id FROM climb JOIN source_origins AS e ON e.source_id = climb.here
)
SELECT 'sources' AS table_name, s.key, 'it is its own origin, through the sources it draws on' AS finding
FROM climb JOIN sources AS s ON s.id = climb.start
WHERE climb.start = climb.here
