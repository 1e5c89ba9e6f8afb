-- For whom the speakers of a claim speak, and its documents, with the texts that these take over
-- whole and the works that they are, where they speak for somebody themselves.
WITH RECURSIVE party(id) AS (
  SELECT source_id FROM mentions WHERE claim_id = (SELECT id FROM claims WHERE key = :key)
  UNION
  SELECT speaker_id FROM mentions
  WHERE claim_id = (SELECT id FROM claims WHERE key = :key) AND speaker_id IS NOT NULL
  UNION
  SELECT e.origin_id
  FROM party CROSS JOIN source_origins AS e CROSS JOIN origin_relations AS r
  WHERE e.source_id = party.id AND r.code = e.relation AND r.whole_text = 1
), voice(id) AS (
  SELECT id FROM party
  UNION
  SELECT k.work_id FROM party JOIN same_works AS k ON k.source_id = party.id
)
SELECT s.key AS speaker, b.key AS body, k.is_named = 0 AS body_unnamed
FROM voice
CROSS JOIN source_origins AS e
JOIN sources AS s ON s.id = e.source_id
JOIN sources AS b ON b.id = e.origin_id
JOIN source_kinds AS k ON k.code = b.kind
WHERE e.source_id = voice.id AND e.relation = 'speaks_for'
ORDER BY b.key;
