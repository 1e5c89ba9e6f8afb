-- title: Coordinates that are not on the globe
-- question: Does every place lie on the globe?
SELECT CAST('locations' AS TEXT) AS table_name, l.key, CAST('its coordinates are not on the globe' AS TEXT) AS finding
FROM locations AS l
WHERE l.lat NOT BETWEEN -90 AND 90 OR l.lon NOT BETWEEN -180 AND 180
