-- title: What each source was worth
-- question: Of what a source states, how much was checked by the archive's own desk, and what came of it?
-- column source: Key of the source, as a document or as a speaker.
-- column title: Its title, name or description.
-- column kind: What it is.
-- column claims: Claims that it states or bears out.
-- column checked: Of these, claims whose verdict is the result of a check (statuses.is_check).
-- column bore_out: Of those checked, confirmed or corroborated.
-- column contested: Of those checked, disputed or inconclusive.
-- column fell: Of those checked, refuted or misleading.
-- column took_back: Claims that it took back itself, or on which the desk's verdict is retracted.
-- column share_bore_out: bore_out as a fraction of checked; not stated where fewer than ten were checked.
-- column sample: too few, where fewer than ten claims were checked; not stated otherwise.
-- show: source, checked, bore_out, contested, fell, sample
-- example: --where "checked>=10" --order -share_bore_out
-- example: --where kind=person,organisation
-- example: --where "took_back>0" --columns source,title,took_back
WITH said AS (
  SELECT m.source_id AS source_id, m.claim_id, max(t.counts) AS states, max(m.stance = 'retracts') AS retracts
  FROM mentions AS m JOIN stances AS t ON t.code = m.stance
  GROUP BY m.source_id, m.claim_id
  UNION ALL
  SELECT m.speaker_id, m.claim_id, max(t.counts), max(m.stance = 'retracts')
  FROM mentions AS m JOIN stances AS t ON t.code = m.stance
  WHERE m.speaker_id IS NOT NULL AND m.speaker_id <> m.source_id
  GROUP BY m.speaker_id, m.claim_id
), voices AS (
  SELECT source_id, claim_id, max(states) AS states, max(retracts) AS retracts
  FROM said GROUP BY source_id, claim_id
), fared AS (
  SELECT o.source_id,
    sum(o.states) AS claims,
    sum(CASE WHEN o.states = 1 AND k.is_check = 1 THEN 1 ELSE 0 END) AS checked,
    sum(CASE WHEN o.states = 1 AND v.status IN ('confirmed', 'corroborated') THEN 1 ELSE 0 END) AS bore_out,
    sum(CASE WHEN o.states = 1 AND v.status IN ('disputed', 'inconclusive') THEN 1 ELSE 0 END) AS contested,
    sum(CASE WHEN o.states = 1 AND v.status IN ('refuted', 'misleading') THEN 1 ELSE 0 END) AS fell,
    sum(CASE WHEN o.retracts = 1 OR (o.states = 1 AND v.status = 'retracted') THEN 1 ELSE 0 END) AS took_back
  FROM voices AS o JOIN claims AS c ON c.id = o.claim_id
  LEFT JOIN assessor_verdicts AS v ON v.claim_id = c.id
    AND +v.assessor_id = (SELECT d.id FROM archive AS r JOIN sources AS d ON d.key = r.desk)
  LEFT JOIN statuses AS k ON k.code = v.status
  WHERE c.withdrawn IS NULL
  GROUP BY o.source_id
)
SELECT s.key AS source, s.title, s.kind,
  CAST(f.claims AS INTEGER) AS claims,
  CAST(f.checked AS INTEGER) AS checked,
  CAST(f.bore_out AS INTEGER) AS bore_out,
  CAST(f.contested AS INTEGER) AS contested,
  CAST(f.fell AS INTEGER) AS fell,
  CAST(f.took_back AS INTEGER) AS took_back,
  CAST(CASE WHEN f.checked >= 10 THEN round(1.0 * f.bore_out / f.checked, 3) END AS DOUBLE PRECISION) AS share_bore_out,
  CAST(CASE WHEN f.checked < 10 THEN 'too few' END AS TEXT) AS sample
FROM fared AS f JOIN sources AS s ON s.id = f.source_id
ORDER BY f.checked DESC, f.claims DESC, s.key
