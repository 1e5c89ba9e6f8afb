-- title: Who says it
-- question: Who speaks in the sources, by name or without one, and for whom?
-- column speaker: Key of the speaker.
-- column title: Name and role, or description.
-- column named: named or unnamed.
-- column speaks_for: The bodies it speaks for; not stated when it speaks for itself.
-- column claims: Claims it states or bears out.
-- column denies: Claims it disputes, denies or retracts.
-- column documents: In how many sources it does.
-- show: speaker, title, speaks_for, claims, denies
-- order: -claims, speaker
-- example: --where named=0
-- example: --where speaks_for=KEY
-- example: --order -claims --limit 10
-- chart: bars claims by speaker with named
SELECT s.key AS speaker, s.title,
  CAST(CASE WHEN k.is_named = 1 THEN 'named' ELSE 'unnamed' END AS TEXT) AS named,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT b.key FROM source_origins AS e JOIN sources AS b ON b.id = e.origin_id
    WHERE e.source_id = s.id AND e.relation = 'speaks_for' ORDER BY b.key) AS listed) AS TEXT) AS speaks_for,
  CAST(count(DISTINCT CASE WHEN t.counts = 1 THEN m.claim_id END) AS INTEGER) AS claims,
  CAST(count(DISTINCT CASE WHEN t.counts = 0 THEN m.claim_id END) AS INTEGER) AS denies,
  CAST(count(DISTINCT m.source_id) AS INTEGER) AS documents
FROM mentions AS m
JOIN sources AS s ON s.id = m.speaker_id
JOIN source_kinds AS k ON k.code = s.kind
JOIN stances AS t ON t.code = m.stance
JOIN claims AS c ON c.id = m.claim_id
WHERE c.withdrawn IS NULL
GROUP BY s.id, s.key, s.title, k.is_named
ORDER BY count(DISTINCT CASE WHEN t.counts = 1 THEN m.claim_id END) DESC, s.key
