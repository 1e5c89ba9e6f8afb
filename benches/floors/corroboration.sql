-- Left out: the mark of an origin without a name, and the verdict in words.
-- where claim: c.key = :key
-- where status: c.status = :key
SELECT c.key AS claim, c.text, c.status, w.origins, w.unnamed, w.outlets, w.speakers, w.mentions, w.denials,
  (SELECT group_concat(s.key, ', ') FROM kept_origins AS o JOIN sources AS s ON s.id = o.origin_id WHERE o.claim_id = c.id) AS origin_keys,
  w.outlets || ' outlets, ' || w.origins || ' origins' AS verdict
FROM claims AS c JOIN kept_weights AS w ON w.claim_id = c.id
WHERE c.withdrawn IS NULL /*and*/
ORDER BY c.id;
