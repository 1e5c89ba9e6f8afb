-- title: Forecasts and intentions
-- question: What is said to come, by when, and is it due? (--where 'due_latest<today' for the overdue)
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column kind: forecast or intention.
-- column due: By when, as stated (EDTF); not stated when the source gives no date.
-- column due_earliest: The earliest day that can mean.
-- column due_latest: The latest day that can mean; after it the claim is overdue.
-- column term: A term stated as a figure, such as "at most 6 months".
-- column status: The current verdict.
-- column origins: Independent origins.
-- column sources: The sources that mention it.
-- column speakers: Who says it there; not stated when the sources speak for themselves.
-- list sources: claim
-- list speakers: claim
-- show: claim, text, due, status
-- example: --where "due_latest<today"
-- example: --where kind=intention
-- example: --where status=unassessed
SELECT c.key AS claim, c.text, c.kind, c.due, d.earliest AS due_earliest, d.latest AS due_latest,
  CAST((SELECT group_concat(word, ', ') FROM (
    SELECT q.label || ' ' || coalesce(CAST(f.value AS TEXT), f.low || '-' || f.high, CAST(f.low AS TEXT), CAST(f.high AS TEXT), '')
      || coalesce(' ' || coalesce(f.unit, m.unit), '') AS word
    FROM figures AS f JOIN measures AS m ON m.id = f.measure_id JOIN qualifiers AS q ON q.code = f.qualifier
    WHERE f.claim_id = c.id AND m.dimension = 'duration' ORDER BY f.key) AS listed) AS TEXT) AS term,
  c.status,
  w.origins,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
    WHERE n.claim_id = c.id ORDER BY s.key) AS listed) AS TEXT) AS sources,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.speaker_id
    WHERE n.claim_id = c.id ORDER BY s.key) AS listed) AS TEXT) AS speakers
FROM claims AS c
JOIN claim_weights AS w ON w.claim_id = c.id
LEFT JOIN dates AS d ON d.edtf = c.due
WHERE c.kind IN ('forecast', 'intention') AND c.withdrawn IS NULL
ORDER BY d.latest IS NULL, d.latest, c.id
