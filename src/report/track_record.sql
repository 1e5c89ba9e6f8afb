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
-- order: -checked, -claims, source
-- example: --where "checked>=10" --order -share_bore_out
-- example: --where kind=person,organisation
-- example: --where "took_back>0" --columns source,title,took_back
SELECT source, title, kind, claims, checked, bore_out, contested, fell, took_back,
  CAST(CASE WHEN checked >= 10 THEN round(1.0 * bore_out / checked, 3) END AS DOUBLE PRECISION) AS share_bore_out,
  CAST(CASE WHEN checked < 10 THEN 'too few' END AS TEXT) AS sample
FROM (
  -- One group over the source, its mentions and their claims, so that the question for one source reads its mentions
  -- alone. LEFT JOIN keeps the test for withdrawn claims out of the two searches for mentions, where it would be asked of
  -- each row that they look up.
  SELECT s.key AS source, s.title, s.kind,
    CAST(count(DISTINCT CASE WHEN t.counts = 1 THEN m.claim_id END) AS INTEGER) AS claims,
    CAST(count(DISTINCT CASE WHEN t.counts = 1 AND k.is_check = 1 THEN m.claim_id END) AS INTEGER) AS checked,
    CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status IN ('confirmed', 'corroborated') THEN m.claim_id END) AS INTEGER) AS bore_out,
    CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status IN ('disputed', 'inconclusive') THEN m.claim_id END) AS INTEGER) AS contested,
    CAST(count(DISTINCT CASE WHEN t.counts = 1 AND v.status IN ('refuted', 'misleading') THEN m.claim_id END) AS INTEGER) AS fell,
    CAST(count(DISTINCT CASE WHEN m.stance = 'retracts' OR t.counts = 1 AND v.status = 'retracted' THEN m.claim_id END) AS INTEGER) AS took_back
  FROM sources AS s
  LEFT JOIN mentions AS m ON (m.source_id = s.id OR m.speaker_id = s.id)
    AND m.claim_id NOT IN (SELECT c.id FROM claims AS c WHERE c.withdrawn IS NOT NULL)
  LEFT JOIN stances AS t ON t.code = m.stance
  LEFT JOIN assessor_verdicts AS v ON v.claim_id = m.claim_id
    AND +v.assessor_id = (SELECT d.id FROM archive AS r JOIN sources AS d ON d.key = r.desk)
  LEFT JOIN statuses AS k ON k.code = v.status
  GROUP BY s.key, s.id, s.title, s.kind
  HAVING count(m.id) > 0
) AS fared
ORDER BY checked DESC, claims DESC, source
