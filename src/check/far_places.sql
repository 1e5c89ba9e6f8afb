-- title: Places far from where they lie
-- question: Is a place far from the place that holds it, as when latitude and longitude are swapped?
-- weight: doubt
SELECT CAST('locations' AS TEXT) AS table_name, near.key, CAST('it lies ' || CASE
    WHEN abs(near.lon - near.around_lat) <= near.reach AND abs(near.lat - near.around_lon) <= 2 * near.reach
      THEN 'where its latitude and longitude would be swapped'
    ELSE 'far from it' END || ': ' || near.lat || ', ' || near.lon || ' within ' || near.around_key || ' at '
  || near.around_lat || ', ' || near.around_lon AS TEXT) AS finding
FROM (
  -- Degrees, by the size of the place that holds it: a country may be wide, a district is not.
  SELECT l.key, l.lat, l.lon, a.key AS around_key, a.lat AS around_lat, a.lon AS around_lon,
    CASE WHEN a.kind IN ('region', 'sea') THEN 90 WHEN a.kind IN ('country', 'area') THEN 30 WHEN a.kind = 'province' THEN 6 ELSE 2 END AS reach
  FROM locations AS l JOIN locations AS a ON a.id = l.within_id
  WHERE l.lat IS NOT NULL AND a.lat IS NOT NULL
) AS near
WHERE abs(near.lat - near.around_lat) > near.reach
  OR (abs(near.lon - near.around_lon) > 2 * near.reach AND 360 - abs(near.lon - near.around_lon) > 2 * near.reach)
