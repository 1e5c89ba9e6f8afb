-- The map: one row for each claim at each of its places, as the view map_claims has them, and the
-- claims that have no place with coordinates, so that they can be counted.
SELECT c.key AS claim, c.text, c.kind, c.status,
  -- 1 where the claim changed since it was judged.
  CASE WHEN t.claim_id IS NULL THEN 0 ELSE 1 END AS stale, c.happened,
  l.key AS place, l.name AS place_name, l.kind AS place_kind, l.relation,
  (SELECT count(1) FROM claim_locations AS o
    WHERE o.claim_id = c.id AND o.location_id = l.location_id) AS relations,
  l.precision, p.label AS precision_label,
  (SELECT group_concat(key, ' ') FROM (
    SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS sources,
  l.lon, l.lat
FROM claims AS c
LEFT JOIN stale_claims AS t ON t.claim_id = c.id
LEFT JOIN (
  SELECT cl.claim_id, cl.location_id, cl.relation, l.key, l.name, l.kind, l.precision, l.lon, l.lat
  FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
  WHERE l.lat IS NOT NULL
) AS l ON l.claim_id = c.id
LEFT JOIN location_precisions AS p ON p.code = l.precision
WHERE c.withdrawn IS NULL
ORDER BY c.key, l.key, l.relation
