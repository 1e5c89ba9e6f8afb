-- title: Figures that are credited to others than the body that counted
-- question: Does every figure of a body's count come from that body?
-- weight: doubt
SELECT CAST('figures' AS TEXT) AS table_name, f.key, CAST('it is the count of ' || s.key || ', and comes from '
  || k.origin_keys AS TEXT) AS finding
-- The few measures with a counting body come first: origins are costly.
FROM measures AS m CROSS JOIN sources AS s CROSS JOIN figures AS f CROSS JOIN claims AS c
CROSS JOIN claim_weights AS k
WHERE s.id = m.counted_by_id AND f.measure_id = m.id AND c.id = f.claim_id AND k.claim_id = f.claim_id AND c.withdrawn IS NULL
  AND EXISTS (SELECT 1 FROM mentions AS n WHERE n.claim_id = f.claim_id)
  -- NOT IN is asked of all such figures once, and only where there is one.
  AND f.id NOT IN (
    SELECT g.id FROM figures AS g JOIN measures AS o ON o.id = g.measure_id JOIN claim_ends AS e ON e.claim_id = g.claim_id
    WHERE o.counted_by_id IN (e.end_id, e.voice_id, e.origin_id))
