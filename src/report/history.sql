-- title: Every verdict
-- question: Who judged what, when and why, and what holds now?
-- column claim: Key of the claim.
-- column at: When the verdict was given (UTC); not stated when nothing said so.
-- column assessor: Who gave it.
-- column status: The verdict.
-- column credibility: Admiralty credibility, 1 to 6; not stated when not judged.
-- column because: The reason.
-- column verdict: A publisher's verdict in its own words.
-- column evidence: What it rests on: keys of sources, claims and figures.
-- column holds: 1 when it is the current verdict on the claim, else 0.
-- column stale: 1 when the claim changed since the verdict, else 0.
-- column retracted: When and why it was retracted; not stated when it was not.
-- show: claim, at, assessor, status, because
-- example: --where claim=KEY
-- example: --where assessor=KEY --where "at>2021-06-30"
-- example: --where stale=1
SELECT c.key AS claim, CAST(CASE WHEN a.at_stated = 1 THEN a.at END AS TEXT) AS at, s.key AS assessor, a.status, a.credibility, a.because, a.verdict,
  CAST((SELECT group_concat(word, ', ') FROM (
    SELECT coalesce('source ' || es.key, 'claim ' || ec.key, 'figure ' || ef.key)
      || coalesce(' ' || e.locator, '') AS word
    FROM assessment_evidence AS e
    LEFT JOIN sources AS es ON es.id = e.source_id
    LEFT JOIN claims AS ec ON ec.id = e.claim_id
    LEFT JOIN figures AS ef ON ef.id = e.figure_id
    WHERE e.assessment_id = a.id ORDER BY word) AS listed) AS TEXT) AS evidence,
  CAST(CASE WHEN k.assessment_id = a.id THEN 1 ELSE 0 END AS INTEGER) AS holds,
  CAST(CASE WHEN a.claim_version <> c.version THEN 1 ELSE 0 END AS INTEGER) AS stale,
  CAST((SELECT max(t.at || ': ' || t.because) FROM assessment_retractions AS t
    WHERE t.assessment_id = a.id) AS TEXT) AS retracted
FROM assessments AS a
JOIN claims AS c ON c.id = a.claim_id
JOIN sources AS s ON s.id = a.assessor_id
JOIN current_assessments AS k ON k.claim_id = a.claim_id
WHERE c.withdrawn IS NULL
ORDER BY c.id, a.at_stated, a.at, a.id
