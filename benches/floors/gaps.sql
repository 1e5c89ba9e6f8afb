-- Left out: nothing.
-- where claim: claim = :key
-- and claims, claim: c.key = :key
-- and sources, claim: 0
-- where source: source = :key
-- and claims, source: 0
-- and sources, source: s.key = :key
SELECT gap, kind, claim, source, text FROM (
  SELECT 0 AS rank, 'no source' AS gap, 'claim' AS kind, c.key AS claim, NULL AS source, c.text, c.id FROM claims AS c
    WHERE NOT EXISTS (SELECT 1 FROM mentions AS m WHERE m.claim_id = c.id) AND c.withdrawn IS NULL /*and claims*/
  UNION ALL SELECT 1, 'no date', 'claim', c.key, NULL, c.text, c.id FROM claims AS c
    WHERE c.happened IS NULL AND c.due IS NULL AND c.withdrawn IS NULL /*and claims*/
  UNION ALL SELECT 2, 'no place', 'claim', c.key, NULL, c.text, c.id FROM claims AS c
    WHERE NOT EXISTS (SELECT 1 FROM claim_locations AS l WHERE l.claim_id = c.id) AND c.withdrawn IS NULL /*and claims*/
  UNION ALL SELECT 3, 'no speaker', 'claim', c.key, NULL, c.text, c.id FROM claims AS c
    WHERE NOT EXISTS (SELECT 1 FROM mentions AS m WHERE m.claim_id = c.id AND m.speaker_id > 0) AND c.withdrawn IS NULL /*and claims*/
  UNION ALL SELECT 4, 'no second source', 'claim', c.key, NULL, c.text, c.id FROM claims AS c
    WHERE (SELECT count(DISTINCT m.source_id) FROM mentions AS m WHERE m.claim_id = c.id) < 2 AND c.withdrawn IS NULL /*and claims*/
  UNION ALL SELECT 5, 'no captured copy', 'source', NULL, s.key, s.title, s.id FROM sources AS s JOIN source_kinds AS k ON k.code = s.kind
    WHERE k.is_party = 0 AND s.id NOT IN (SELECT source_id FROM captures) /*and sources*/
) WHERE 1 /*and*/
ORDER BY rank, id;
