-- A place, and how exactly its coordinates say where it is.
SELECT l.name, l.kind, w.key AS within, l.lat, l.lon, p.label AS precision, l.geonames, l.wikidata,
  l.iso_3166, l.ocha_pcode, l.note
FROM locations AS l
LEFT JOIN locations AS w ON w.id = l.within_id
LEFT JOIN location_precisions AS p ON p.code = l.precision
WHERE l.key = :key;
