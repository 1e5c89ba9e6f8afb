-- title: Parts of what is counted one by one
-- question: Is half a person, or a part of a thing, really meant?
-- weight: doubt
SELECT CAST('figures' AS TEXT) AS table_name, f.key, CAST('it says '
  || CASE WHEN f.value <> round(f.value) THEN f.value WHEN f.low <> round(f.low) THEN f.low ELSE f.high END
  || ', and its measure counts ' || m.dimension || ' one by one' AS TEXT) AS finding
FROM figures AS f JOIN claims AS c ON c.id = f.claim_id JOIN measures AS m ON m.id = f.measure_id JOIN dimensions AS d ON d.code = m.dimension
WHERE d.counts_wholes = 1 AND c.withdrawn IS NULL
  AND (f.value <> round(f.value) OR f.low <> round(f.low) OR f.high <> round(f.high))
