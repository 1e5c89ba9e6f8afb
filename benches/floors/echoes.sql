-- Left out: which edge of a source is drawn on for the claim: all edges of its sources are printed.
-- where claim: c.key = :key
-- where status: c.status = :key
SELECT c.key AS claim, c.text, c.status, w.outlets,
  (SELECT group_concat(s.key, ', ') FROM kept_origins AS o JOIN sources AS s ON s.id = o.origin_id WHERE o.claim_id = c.id) AS origin,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS repeated_by,
  w.took_back AS taken_back,
  (SELECT group_concat(a.key || ' ' || e.relation || ' ' || b.key, '; ') FROM mentions AS m
    JOIN source_origins AS e ON e.source_id = m.source_id OR e.source_id = m.speaker_id
    JOIN sources AS a ON a.id = e.source_id JOIN sources AS b ON b.id = e.origin_id WHERE m.claim_id = c.id) AS chain
FROM claims AS c JOIN kept_weights AS w ON w.claim_id = c.id
WHERE w.outlets > 1 AND w.origins = 1 AND c.withdrawn IS NULL /*and*/
ORDER BY w.outlets DESC, c.id;
