-- title: All claims
-- question: What is claimed, by whom, and what is it worth?
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column kind: What sort of proposition it is.
-- column status: The current verdict.
-- column credibility: Admiralty credibility of that verdict, 1 to 6; not stated when not judged.
-- column stale: 1 when the claim changed since that verdict, else 0; not stated without a verdict.
-- column origins: Independent origins.
-- column happened: When it happened or held, as stated (EDTF).
-- column places: Its places, with the relation where it is not simply there.
-- column sources: The sources that mention it.
-- column speakers: Who says it there; not stated when the sources speak for themselves.
-- column figures: Its figures: what is counted, and the number with how exact it is.
-- list places: claim
-- list sources: claim
-- list speakers: claim
-- show: claim, text, status, origins
-- example: --where status=disputed,refuted
-- example: --where "happened=2021-06" --where kind=event
-- example: --where "origins>1" --order -origins
SELECT c.key AS claim, c.text, c.kind, c.status,
  a.credibility,
  CAST(CASE WHEN a.claim_version <> c.version THEN 1 WHEN a.id IS NOT NULL THEN 0 END AS INTEGER) AS stale,
  w.origins,
  c.happened,
  CAST((SELECT group_concat(word, ', ') FROM (
    SELECT CASE WHEN cl.relation = 'at' THEN l.key ELSE replace(cl.relation, '_', ' ') || ' ' || l.key END AS word
    FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
    WHERE cl.claim_id = c.id ORDER BY l.key) AS listed) AS TEXT) AS places,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key) AS listed) AS TEXT) AS sources,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.speaker_id
    WHERE m.claim_id = c.id ORDER BY s.key) AS listed) AS TEXT) AS speakers,
  CAST((SELECT group_concat(word, ', ') FROM (
    SELECT ms.key || ': ' || n.counted AS word
    FROM figures AS f JOIN measures AS ms ON ms.id = f.measure_id JOIN figure_words AS n ON n.figure_id = f.id
    WHERE f.claim_id = c.id ORDER BY f.key) AS listed) AS TEXT) AS figures
FROM claims AS c
JOIN claim_weights AS w ON w.claim_id = c.id
LEFT JOIN current_assessments AS k ON k.claim_id = c.id
LEFT JOIN assessments AS a ON a.id = k.assessment_id
WHERE c.withdrawn IS NULL
ORDER BY c.id
