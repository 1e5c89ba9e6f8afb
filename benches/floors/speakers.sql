-- Left out: nothing.
SELECT s.key AS speaker, s.title, CASE k.is_named WHEN 1 THEN 'named' ELSE 'unnamed' END AS named,
  (SELECT group_concat(b.key, ', ') FROM source_origins AS e JOIN sources AS b ON b.id = e.origin_id
    WHERE e.source_id = s.id AND e.relation = 'speaks_for') AS speaks_for,
  count(DISTINCT CASE t.counts WHEN 1 THEN m.claim_id END) AS claims,
  count(DISTINCT CASE t.counts WHEN 0 THEN m.claim_id END) AS denies,
  count(DISTINCT m.source_id) AS documents
FROM mentions AS m JOIN sources AS s ON s.id = m.speaker_id JOIN source_kinds AS k ON k.code = s.kind
JOIN stances AS t ON t.code = m.stance JOIN claims AS c ON c.id = m.claim_id
WHERE c.withdrawn IS NULL
GROUP BY s.id
ORDER BY claims DESC, speaker;
