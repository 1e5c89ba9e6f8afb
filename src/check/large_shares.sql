-- title: Shares of more than the whole
-- question: Is a share of 25 meant, or 25 per cent?
-- weight: doubt
SELECT CAST('figures' AS TEXT) AS table_name, f.key, CAST('it says ' || coalesce(f.value, f.high, f.low)
  || ', and a share of all is 1; 25 % is 0.25' AS TEXT) AS finding
FROM figures AS f JOIN claims AS c ON c.id = f.claim_id JOIN measures AS m ON m.id = f.measure_id
WHERE m.dimension = 'share' AND c.withdrawn IS NULL AND (f.value > 1 OR f.low > 1 OR f.high > 1)
