-- Left out: the qualifier and the unit of the number; the layout.
SELECT key, title, dimension, growth FROM measures WHERE key = :key;
SELECT c.key, c.status, coalesce(f.value, f.low, f.high) || ', ' || f.as_of FROM measures AS m JOIN figures AS f ON f.measure_id = m.id
JOIN claims AS c ON c.id = f.claim_id JOIN kept_figures AS k ON k.figure_id = f.id WHERE m.key = :key ORDER BY k.first_day, f.id;
