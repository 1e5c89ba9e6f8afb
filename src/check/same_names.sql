-- title: Records of one name that nothing tells apart
-- question: Are two sources or places of one name two, or one entered twice?
-- weight: doubt
SELECT CAST('sources' AS TEXT) AS table_name, b.key, CAST('nothing tells it from ' || a.key || ': both are "' || b.title || '"' AS TEXT) AS finding
FROM (
  -- Of one title and address, or one without an address: thousands may share a title.
  SELECT x.id AS a_id, y.id AS b_id FROM sources AS x JOIN sources AS y ON y.folded = x.folded AND y.url = x.url AND y.id > x.id
  UNION ALL
  SELECT CASE WHEN x.id < y.id THEN x.id ELSE y.id END, CASE WHEN x.id < y.id THEN y.id ELSE x.id END
  FROM sources AS x JOIN sources AS y ON y.folded = x.folded AND y.url IS NULL
  WHERE x.url IS NOT NULL OR x.id < y.id
) AS pair CROSS JOIN sources AS a CROSS JOIN sources AS b
WHERE a.id = pair.a_id AND b.id = pair.b_id AND a.kind <> 'unnamed' AND b.kind = a.kind
  AND (a.published = b.published OR a.published IS NULL OR b.published IS NULL)
  AND (a.outlet = b.outlet OR a.outlet IS NULL OR b.outlet IS NULL)
  AND (a.author = b.author OR a.author IS NULL OR b.author IS NULL)
  AND (a.identifier = b.identifier OR a.identifier IS NULL OR b.identifier IS NULL)
  -- Those that are one work, or draw on one another, are told of elsewhere.
  AND NOT EXISTS (SELECT 1 FROM source_origins AS o
    WHERE o.source_id = a.id AND o.origin_id = b.id OR o.source_id = b.id AND o.origin_id = a.id)
UNION ALL
SELECT 'locations', b.key, 'nothing tells it from ' || a.key || ': both are "' || b.name || '"'
FROM locations AS a JOIN locations AS b ON b.folded = a.folded AND b.kind = a.kind AND b.id > a.id
WHERE (a.within_id = b.within_id OR a.within_id IS NULL OR b.within_id IS NULL)
  AND (a.lat = b.lat AND a.lon = b.lon OR a.lat IS NULL OR b.lat IS NULL)
  AND (a.geonames = b.geonames OR a.geonames IS NULL OR b.geonames IS NULL)
  AND (a.wikidata = b.wikidata OR a.wikidata IS NULL OR b.wikidata IS NULL)
  -- A point that stands for a village and one that stands for its province may have one name.
  AND (a.precision = b.precision OR a.precision IS NULL AND b.precision IS NULL)
