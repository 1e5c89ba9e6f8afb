-- title: Echoes
-- question: Which claims stand in several outlets and go back to one origin?
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column status: The current verdict.
-- column outlets: Outlets that state it.
-- column origin: The one origin that all of them go back to; ? marks one without a name.
-- column repeated_by: The sources that state it and are not that origin.
-- column taken_back: 1 when that origin took it back, else 0.
-- column chain: Who took it from whom, and who speaks there.
-- list repeated_by: claim
-- show: claim, outlets, origin, repeated_by
-- example: --where taken_back=1
-- example: --order -outlets --limit 10
-- example: --record --where claim=KEY
-- chart: bars outlets by claim with origin status
SELECT c.key AS claim, c.text, c.status, w.outlets,
  w.origin_keys AS origin,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS m JOIN stances AS t ON t.code = m.stance JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id AND t.counts = 1 AND s.key <> replace(w.origin_keys, '?', '')
    ORDER BY s.key) AS listed) AS TEXT) AS repeated_by,
  w.took_back AS taken_back,
  CAST((SELECT group_concat(word, '; ') FROM (
    SELECT 0 AS rank, a.key || ' ' || r.label || ' ' || b.key AS word
    FROM mentions AS m
    JOIN source_origins AS e ON e.source_id = m.source_id AND e.relation <> 'speaks_for'
    JOIN origin_relations AS r ON r.code = e.relation
    JOIN sources AS a ON a.id = e.source_id JOIN sources AS b ON b.id = e.origin_id
    WHERE m.claim_id = c.id AND (r.whole_text = 1 OR EXISTS (
      SELECT 1 FROM mentions AS n WHERE n.claim_id = c.id AND n.source_id = e.origin_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1)))
    UNION
    SELECT 1, a.key || ' has it from ' || b.key
    FROM mentions AS m JOIN stances AS t ON t.code = m.stance
    JOIN sources AS a ON a.id = m.source_id JOIN sources AS b ON b.id = m.speaker_id
    WHERE m.claim_id = c.id AND t.counts = 1
    UNION
    SELECT 2, a.key || ' speaks for ' || b.key
    FROM mentions AS m
    JOIN source_origins AS e ON e.source_id = m.speaker_id AND e.relation = 'speaks_for'
    JOIN sources AS a ON a.id = e.source_id JOIN sources AS b ON b.id = e.origin_id
    WHERE m.claim_id = c.id
    ORDER BY rank, word) AS listed) AS TEXT) AS chain
FROM claims AS c
JOIN claim_weights AS w ON w.claim_id = c.id AND w.outlets > 1 AND w.origins = 1
WHERE c.withdrawn IS NULL
ORDER BY w.outlets DESC, c.id
