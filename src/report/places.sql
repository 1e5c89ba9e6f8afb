-- title: Claims by place
-- question: How much is claimed of each place, counting the places inside it?
-- column place: Key of the place.
-- column name: Its name.
-- column kind: What sort of place it is.
-- column within: The place that holds it.
-- column claims: Claims at or within it or any place inside it, each counted once.
-- column here: Claims that name this very place.
-- column nearby: Claims near it or toward it; they count for no other place.
-- column precision: How exactly the coordinates say where it is (UCDP 1 to 7).
-- column lat: Degrees north.
-- column lon: Degrees east.
-- show: place, name, kind, within, claims
-- order: -claims, place
-- example: --where within=KEY
-- example: --where "claims>0" --order -claims
-- example: --where precision=1,2
-- chart: bars claims by place with here nearby
SELECT l.key AS place, l.name, l.kind, w.key AS within,
  -- Counted for one place at a time, walking down from it, so that the question for one reads no other;
  -- only where it lies deep inside others, the places inside it that claims name are looked up (deep_places).
  CAST((
    WITH RECURSIVE inside(id, is_walked) AS (
      SELECT l.id, CASE WHEN EXISTS (SELECT 1 FROM deep_places AS d WHERE d.location_id = l.id) THEN 0 ELSE 1 END
      UNION
      SELECT n.location_id, 0 FROM deep_places AS d CROSS JOIN claim_locations AS n WHERE d.location_id = l.id
        AND (d.location_id, n.location_id) IN (SELECT i.location_id, i.inside_id FROM claimed_places_inside AS i)
      UNION
      SELECT n.id, 1 FROM inside CROSS JOIN locations AS n WHERE inside.is_walked = 1 AND n.within_id = inside.id
    )
    SELECT count(DISTINCT cl.claim_id)
    FROM inside CROSS JOIN claim_locations AS cl
    JOIN place_relations AS r ON r.code = cl.relation AND r.counts_upward = 1
    WHERE cl.location_id = inside.id AND cl.claim_id NOT IN (SELECT c.id FROM claims AS c WHERE c.withdrawn IS NOT NULL)) AS INTEGER) AS claims,
  CAST((SELECT count(DISTINCT cl.claim_id)
    FROM claim_locations AS cl
    JOIN place_relations AS r ON r.code = cl.relation AND r.counts_upward = 1
    WHERE cl.location_id = l.id AND cl.claim_id NOT IN (SELECT c.id FROM claims AS c WHERE c.withdrawn IS NOT NULL)) AS INTEGER) AS here,
  CAST((SELECT count(DISTINCT cl.claim_id)
    FROM claim_locations AS cl
    JOIN place_relations AS r ON r.code = cl.relation AND r.counts_upward = 0
    WHERE cl.location_id = l.id AND cl.claim_id NOT IN (SELECT c.id FROM claims AS c WHERE c.withdrawn IS NOT NULL)) AS INTEGER) AS nearby,
  l.precision, l.lat, l.lon
FROM locations AS l
LEFT JOIN locations AS w ON w.id = l.within_id
ORDER BY claims DESC, place
