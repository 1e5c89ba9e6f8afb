-- Figures whose row in kept_figures is not what is worked out from nothing: each is compared by what it was once.
SELECT DISTINCT f.key FROM (
  SELECT * FROM (SELECT * FROM computed_figures EXCEPT SELECT * FROM kept_figures) AS missed
  UNION ALL
  SELECT * FROM (SELECT * FROM kept_figures EXCEPT SELECT * FROM computed_figures) AS wrong
) AS d JOIN figures AS f ON f.id = d.figure_id
ORDER BY f.key;
