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
-- example: --where kind=article,report
-- example: --where reliability= --order -claims
-- example: --where "contested>0" --wide
-- chart: bars claims by source with confirmed contested refuted reliability
WITH said AS (
  SELECT m.source_id AS source_id, m.claim_id, t.counts
  FROM mentions AS m JOIN stances AS t ON t.code = m.stance
  UNION
  SELECT m.speaker_id, m.claim_id, t.counts
  FROM mentions AS m JOIN stances AS t ON t.code = m.stance
  WHERE m.speaker_id IS NOT NULL
), fared AS (
  SELECT said.source_id,
    sum(CASE WHEN said.counts = 1 THEN 1 ELSE 0 END) AS claims,
    sum(CASE WHEN said.counts = 1 AND coalesce(v.status, 'unassessed') = 'confirmed' THEN 1 ELSE 0 END) AS confirmed,
    sum(CASE WHEN said.counts = 1 AND coalesce(v.status, 'unassessed') = 'corroborated' THEN 1 ELSE 0 END) AS corroborated,
    sum(CASE WHEN said.counts = 1 AND coalesce(v.status, 'unassessed') = 'reported' THEN 1 ELSE 0 END) AS reported,
    sum(CASE WHEN said.counts = 1 AND coalesce(v.status, 'unassessed') = 'unverified' THEN 1 ELSE 0 END) AS unverified,
    sum(CASE WHEN said.counts = 1 AND coalesce(v.status, 'unassessed') IN ('disputed', 'misleading', 'inconclusive') THEN 1 ELSE 0 END) AS contested,
    sum(CASE WHEN said.counts = 1 AND coalesce(v.status, 'unassessed') IN ('refuted', 'retracted') THEN 1 ELSE 0 END) AS refuted,
    sum(CASE WHEN said.counts = 1 AND coalesce(v.status, 'unassessed') = 'unassessed' THEN 1 ELSE 0 END) AS unassessed,
    sum(CASE WHEN said.counts = 0 THEN 1 ELSE 0 END) AS denies
  FROM said JOIN claims AS c ON c.id = said.claim_id
  LEFT JOIN assessor_verdicts AS v ON v.claim_id = c.id
    AND +v.assessor_id = (SELECT d.id FROM archive AS r JOIN sources AS d ON d.key = r.desk)
  WHERE c.withdrawn IS NULL
  GROUP BY said.source_id
)
SELECT s.key AS source, s.title, s.kind,
  CAST((SELECT g.reliability FROM source_grades AS g WHERE g.source_id = s.id
    ORDER BY g.at DESC, g.id DESC LIMIT 1) AS TEXT) AS reliability,
  (SELECT g.because FROM source_grades AS g WHERE g.source_id = s.id
    ORDER BY g.at DESC, g.id DESC LIMIT 1) AS graded_because,
  s.published,
  CAST(coalesce(f.claims, 0) AS INTEGER) AS claims,
  CAST(coalesce(f.confirmed, 0) AS INTEGER) AS confirmed,
  CAST(coalesce(f.corroborated, 0) AS INTEGER) AS corroborated,
  CAST(coalesce(f.reported, 0) AS INTEGER) AS reported,
  CAST(coalesce(f.unverified, 0) AS INTEGER) AS unverified,
  CAST(coalesce(f.contested, 0) AS INTEGER) AS contested,
  CAST(coalesce(f.refuted, 0) AS INTEGER) AS refuted,
  CAST(coalesce(f.unassessed, 0) AS INTEGER) AS unassessed,
  CAST(coalesce(f.denies, 0) AS INTEGER) AS denies
FROM sources AS s
LEFT JOIN fared AS f ON f.source_id = s.id
ORDER BY coalesce(f.claims, 0) DESC, s.key
