-- All names of a place, as one text.
(SELECT group_concat(words, ' | ') FROM (
  SELECT r.name AS words
  UNION ALL SELECT name FROM location_names WHERE location_id = r.id) AS texts)
