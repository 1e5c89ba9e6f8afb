-- title: Contradictions
-- question: Which claims cannot both be true, or are contested, and who is on either side?
-- column kind: linked, when a person said so; figures, when their numbers disagree; denied, when a source contests the claim.
-- column relation: How: the relation of the link, the finding on the figures, or the stance.
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column status: The current verdict.
-- column origins: Its independent origins.
-- column sources: The sources that state it.
-- column other_claim: Key of the claim on the other side; not stated when a source simply contests the first.
-- column other_text: That claim in the archive's words.
-- column other_status: The current verdict on it.
-- column other_origins: Its independent origins.
-- column other_sources: The sources on the other side.
-- column places: The places of either claim, with the relation where it is not simply there.
-- column note: What is said of the pair.
-- words kind: linked, figures, denied
-- words relation: link_relations.code, stances.code, conflict, possible conflict, likely transcription slip
-- list sources: claim
-- list other_sources: claim, other_claim
-- list places: claim, other_claim
-- show: claim, relation, other_claim, note
-- example: --where kind=linked
-- example: --where place=KEY
-- example: --record --where claim=KEY
SELECT CAST(p.kind AS TEXT) AS kind, CAST(p.relation AS TEXT) AS relation, p.claim, a.text, a.status,
  aw.origins,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN stances AS t ON t.code = n.stance JOIN sources AS s ON s.id = n.source_id
    WHERE n.claim_id = a.id AND t.counts = 1 ORDER BY s.key) AS listed) AS TEXT) AS sources,
  p.other_claim, b.text AS other_text, b.status AS other_status,
  CAST(CASE WHEN b.id > 0 THEN
    bw.origins END AS INTEGER) AS other_origins,
  CAST(coalesce(p.deniers, (SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN stances AS t ON t.code = n.stance JOIN sources AS s ON s.id = n.source_id
    WHERE n.claim_id = b.id AND t.counts = 1 ORDER BY s.key) AS listed)) AS TEXT) AS other_sources,
  CAST((SELECT group_concat(word, ', ') FROM (
    SELECT DISTINCT CASE WHEN cl.relation = 'at' THEN l.key ELSE replace(cl.relation, '_', ' ') || ' ' || l.key END AS word
    FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
    WHERE cl.claim_id IN (a.id, b.id) ORDER BY word) AS listed) AS TEXT) AS places,
  CAST(p.note AS TEXT) AS note
FROM (
  -- The keys stand in each part, so that the question for one claim reaches its rows.
  SELECT 'linked' AS kind, l.relation, ca.key AS claim, cb.key AS other_claim, l.from_id AS a_id, l.to_id AS b_id,
    CAST(NULL AS TEXT) AS deniers, l.note
  FROM claim_links AS l JOIN link_relations AS r ON r.code = l.relation
  JOIN claims AS ca ON ca.id = l.from_id JOIN claims AS cb ON cb.id = l.to_id
  WHERE r.conflict = 1
  UNION ALL
  SELECT 'figures', p.finding, ca.key, cb.key, fa.claim_id, fb.claim_id, CAST(NULL AS TEXT),
    CAST(m.key || ': ' || wa.words || ' against ' || wb.words || coalesce('; ' || p.slip, '') AS TEXT)
  -- What is asked by key stands before the conflicts, whose joins have an order that nothing crosses from the right.
  FROM claims AS ca JOIN figures AS fa ON fa.claim_id = ca.id JOIN figure_conflicts AS p ON p.figure_a = fa.id
  JOIN figures AS fb ON fb.id = p.figure_b
  JOIN figure_words AS wa ON wa.figure_id = fa.id JOIN figure_words AS wb ON wb.figure_id = fb.id
  JOIN measures AS m ON m.id = fa.measure_id
  JOIN claims AS cb ON cb.id = fb.claim_id
  WHERE p.finding <> 'revision'
  UNION ALL
  SELECT 'denied', n.stance, ca.key, CAST(NULL AS TEXT), n.claim_id, CAST(NULL AS INTEGER), CAST(s.key || coalesce(' (' || v.key || ')', '') AS TEXT), n.note
  FROM mentions AS n JOIN stances AS t ON t.code = n.stance AND t.counts = 0
  JOIN claims AS ca ON ca.id = n.claim_id JOIN sources AS s ON s.id = n.source_id LEFT JOIN sources AS v ON v.id = n.speaker_id
) AS p
JOIN claims AS a ON a.id = p.a_id
JOIN claim_weights AS aw ON aw.claim_id = a.id
LEFT JOIN claims AS b ON b.id = p.b_id
-- A view of joins on the right of LEFT JOIN would be worked out for all claims.
JOIN claim_weights AS bw ON bw.claim_id = coalesce(p.b_id, p.a_id)
WHERE a.withdrawn IS NULL AND b.withdrawn IS NULL
ORDER BY p.kind DESC, p.a_id, p.b_id, p.note, p.deniers, p.relation
