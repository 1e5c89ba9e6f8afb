-- title: Sources and how their claims fared
-- question: What does each source state, and what became of it by the archive's own verdicts?
-- column source: Key of the source.
-- column title: Its title, name or description.
-- column kind: What it is.
-- column reliability: Its latest Admiralty grade, A to F (cannot be judged); not stated for a source that nobody graded.
-- column graded_because: The reason for that grade.
-- column published: When it was published, as stated (EDTF).
-- column claims: Claims that it states or bears out, as a document or as a speaker.
-- column confirmed: Of these, confirmed by the archive's own desk, like all that follows.
-- column corroborated: Of these, corroborated.
-- column reported: Of these, reported and not checked.
-- column unverified: Of these, unverified by a verdict of the desk.
-- column contested: Of these, disputed, misleading or inconclusive.
-- column refuted: Of these, refuted or retracted.
-- column unassessed: Of these, without a verdict by the desk.
-- column denies: Claims that it disputes, denies or retracts.
-- show: source, title, kind, reliability, claims
-- order: -claims, source
-- example: --where kind=article,report
-- example: --where reliability= --order -claims
-- example: --where "contested>0" --wide
-- chart: bars claims by source with confirmed contested refuted reliability
SELECT s.key AS source, s.title, s.kind,
  CAST((SELECT g.reliability FROM source_grades AS g WHERE g.source_id = s.id
    ORDER BY g.at DESC, g.id DESC LIMIT 1) AS TEXT) AS reliability,
  (SELECT g.because FROM source_grades AS g WHERE g.source_id = s.id
    ORDER BY g.at DESC, g.id DESC LIMIT 1) AS graded_because,
  s.published,
  CAST(count(DISTINCT CASE WHEN t.counts = 1 THEN m.claim_id END) AS INTEGER) AS claims,
  CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status = 'confirmed' THEN m.claim_id END) AS INTEGER) AS confirmed,
  CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status = 'corroborated' THEN m.claim_id END) AS INTEGER) AS corroborated,
  CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status = 'reported' THEN m.claim_id END) AS INTEGER) AS reported,
  CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status = 'unverified' THEN m.claim_id END) AS INTEGER) AS unverified,
  CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status IN ('disputed', 'misleading', 'inconclusive') THEN m.claim_id END) AS INTEGER) AS contested,
  CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status IN ('refuted', 'retracted') THEN m.claim_id END) AS INTEGER) AS refuted,
  CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status IS NULL THEN m.claim_id END) AS INTEGER) AS unassessed,
  CAST(count(DISTINCT CASE WHEN t.counts = 0 THEN m.claim_id END) AS INTEGER) AS denies
-- One group over the source, its mentions and their claims, so that the question for one source reads its mentions
-- alone.
FROM sources AS s
LEFT JOIN mentions AS m ON (m.source_id = s.id OR m.speaker_id = s.id)
  AND m.claim_id NOT IN (SELECT c.id FROM claims AS c WHERE c.withdrawn IS NOT NULL)
LEFT JOIN stances AS t ON t.code = m.stance
LEFT JOIN assessor_verdicts AS v ON v.claim_id = m.claim_id
  AND +v.assessor_id = (SELECT d.id FROM archive AS r JOIN sources AS d ON d.key = r.desk)
GROUP BY s.key, s.id, s.title, s.kind, s.published
ORDER BY claims DESC, source
