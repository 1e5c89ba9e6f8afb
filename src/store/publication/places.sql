-- Every place, with how many claims lie at it, and how many more only near it or toward it.
SELECT l.key, l.name, k.label AS kind, w.key AS within, l.lat, l.lon, l.precision, p.label AS stands_for, l.note,
  (SELECT count(DISTINCT cl.claim_id) FROM claim_locations AS cl JOIN claims AS c ON c.id = cl.claim_id
    JOIN place_relations AS r ON r.code = cl.relation
    WHERE cl.location_id = l.id AND c.withdrawn IS NULL AND r.counts_upward = 1) AS own,
  (SELECT count(DISTINCT cl.claim_id) FROM claim_locations AS cl JOIN claims AS c ON c.id = cl.claim_id
    JOIN place_relations AS r ON r.code = cl.relation
    WHERE cl.location_id = l.id AND c.withdrawn IS NULL AND r.counts_upward = 0 AND NOT EXISTS (
      SELECT 1 FROM claim_locations AS o JOIN place_relations AS p ON p.code = o.relation
      WHERE o.claim_id = cl.claim_id AND o.location_id = l.id AND p.counts_upward = 1)) AS near
FROM locations AS l
JOIN location_kinds AS k ON k.code = l.kind
LEFT JOIN locations AS w ON w.id = l.within_id
LEFT JOIN location_precisions AS p ON p.code = l.precision
ORDER BY l.id;
