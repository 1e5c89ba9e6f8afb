-- title: Coordinates that do not say how exact they are
-- question: Does every place with coordinates have a precision, and lie on the globe?
SELECT CAST('locations' AS TEXT) AS table_name, l.key,
  CAST(CASE WHEN l.precision IS NULL THEN 'it has coordinates and no precision (UCDP 1 to 7)'
    ELSE 'its coordinates are not on the globe' END AS TEXT) AS finding
FROM locations AS l
WHERE (l.lat IS NOT NULL AND l.precision IS NULL)
  OR l.lat NOT BETWEEN -90 AND 90 OR l.lon NOT BETWEEN -180 AND 180
