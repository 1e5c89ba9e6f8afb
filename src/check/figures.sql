-- title: Figures whose ends are in the wrong order
-- question: Is every low at most its high, with the value between them?
SELECT CAST('figures' AS TEXT) AS table_name, f.key,
  CAST('low ' || coalesce(CAST(f.low AS TEXT), '-') || ', value ' || coalesce(CAST(f.value AS TEXT), '-') || ', high ' || coalesce(CAST(f.high AS TEXT), '-')
  || ' are not in order' AS TEXT) AS finding
FROM figures AS f
WHERE f.low > f.high OR f.value < f.low OR f.value > f.high
