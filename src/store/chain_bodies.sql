-- For whom the speakers of a claim speak, and its sources where they are persons themselves.
SELECT s.key AS speaker, b.key AS body
FROM source_origins AS e
JOIN sources AS s ON s.id = e.source_id
JOIN sources AS b ON b.id = e.origin_id
WHERE e.relation = 'speaks_for' AND e.source_id IN (
  SELECT source_id FROM mentions WHERE claim_id = (SELECT id FROM claims WHERE key = :key)
  UNION
  SELECT speaker_id FROM mentions WHERE claim_id = (SELECT id FROM claims WHERE key = :key))
ORDER BY b.id;
