-- Left out: the term in words.
SELECT c.key AS claim, c.text, c.kind, c.due, d.earliest AS due_earliest, d.latest AS due_latest, NULL AS term, c.status, w.origins,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS sources,
  (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.speaker_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS speakers
FROM claims AS c JOIN kept_weights AS w ON w.claim_id = c.id LEFT JOIN dates AS d ON d.edtf = c.due
WHERE c.kind IN ('forecast', 'intention') AND c.withdrawn IS NULL
ORDER BY d.latest IS NULL, d.latest, c.id;
