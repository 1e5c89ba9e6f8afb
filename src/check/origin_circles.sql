-- title: Origins that go round in a circle
-- question: Is any source, through others, its own origin?
WITH circle(source_id, circle_id) AS (
  SELECT source_id, circle_id FROM source_circles
), size(circle_id, members) AS (
  SELECT circle_id, count(1) FROM circle GROUP BY circle_id
)
SELECT CAST('sources' AS TEXT) AS table_name, s.key, CAST('it is its own origin, through ' || CASE
  -- A large circle is counted: each of its findings would name all the others.
  WHEN size.members > 20 THEN (size.members - 1) || ' others'
  ELSE (
    SELECT group_concat(key, ', ') FROM (
      SELECT o.key FROM circle AS other JOIN sources AS o ON o.id = other.source_id
      WHERE other.circle_id = k.circle_id AND other.source_id <> k.source_id ORDER BY o.key) AS listed) END AS TEXT) AS finding
FROM circle AS k JOIN size ON size.circle_id = k.circle_id JOIN sources AS s ON s.id = k.source_id
UNION ALL
-- Two sources that speak for each other.
SELECT 'sources', s.key, 'it speaks for ' || o.key || ', which speaks for it'
FROM source_origins AS e JOIN source_origins AS back ON back.source_id = e.origin_id AND back.origin_id = e.source_id
JOIN sources AS s ON s.id = e.source_id JOIN sources AS o ON o.id = e.origin_id
WHERE e.relation = 'speaks_for' AND back.relation = 'speaks_for'
