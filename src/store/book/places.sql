-- Every place, with how many claims name it.
SELECT l.key, l.name, k.label AS kind, w.key AS within, l.lat, l.lon, l.precision, p.label AS stands_for, l.note,
  (SELECT count(DISTINCT cl.claim_id) FROM claim_locations AS cl JOIN claims AS c ON c.id = cl.claim_id
    WHERE cl.location_id = l.id AND c.withdrawn IS NULL) AS own
FROM locations AS l
JOIN location_kinds AS k ON k.code = l.kind
LEFT JOIN locations AS w ON w.id = l.within_id
LEFT JOIN location_precisions AS p ON p.code = l.precision
ORDER BY l.id;
