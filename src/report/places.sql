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
-- example: --where within=KEY
-- example: --where "claims>0" --order -claims
-- example: --where precision=1,2
-- chart: bars claims by place with here nearby
WITH RECURSIVE climb(claim_id, location_id) AS (
  SELECT cl.claim_id, cl.location_id
  FROM claim_locations AS cl
  JOIN place_relations AS r ON r.code = cl.relation AND r.counts_upward = 1
  JOIN claims AS c ON c.id = cl.claim_id AND c.withdrawn IS NULL
  UNION
  SELECT climb.claim_id, l.within_id
  FROM climb JOIN locations AS l ON l.id = climb.location_id
  WHERE l.within_id IS NOT NULL
), totals AS (
  SELECT location_id, count(1) AS claims FROM climb GROUP BY location_id
), own AS (
  SELECT cl.location_id,
    count(DISTINCT CASE WHEN r.counts_upward = 1 THEN cl.claim_id END) AS here,
    count(DISTINCT CASE WHEN r.counts_upward = 0 THEN cl.claim_id END) AS nearby
  FROM claim_locations AS cl
  JOIN place_relations AS r ON r.code = cl.relation
  JOIN claims AS c ON c.id = cl.claim_id AND c.withdrawn IS NULL
  GROUP BY cl.location_id
)
SELECT l.key AS place, l.name, l.kind, w.key AS within,
  CAST(coalesce(t.claims, 0) AS INTEGER) AS claims,
  CAST(coalesce(o.here, 0) AS INTEGER) AS here,
  CAST(coalesce(o.nearby, 0) AS INTEGER) AS nearby,
  l.precision, l.lat, l.lon
FROM locations AS l
LEFT JOIN locations AS w ON w.id = l.within_id
LEFT JOIN totals AS t ON t.location_id = l.id
LEFT JOIN own AS o ON o.location_id = l.id
ORDER BY coalesce(t.claims, 0) DESC, l.key
