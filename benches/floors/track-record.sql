-- Left out: retracted verdicts.
-- where source: s.key = :key
SELECT source, title, kind, claims, checked, bore_out, contested, fell, took_back,
  CASE WHEN checked >= 10 THEN round(1.0 * bore_out / checked, 3) END AS share_bore_out, CASE WHEN checked < 10 THEN 'too few' END AS sample
FROM (
  SELECT s.key AS source, s.title, s.kind, count(DISTINCT CASE t.counts WHEN 1 THEN m.claim_id END) AS claims,
    count(DISTINCT CASE WHEN t.counts = 1 AND k.is_check = 1 THEN m.claim_id END) AS checked,
    count(DISTINCT CASE WHEN t.counts = 1 AND a.status IN ('confirmed', 'corroborated') THEN m.claim_id END) AS bore_out,
    count(DISTINCT CASE WHEN t.counts = 1 AND a.status IN ('disputed', 'inconclusive') THEN m.claim_id END) AS contested,
    count(DISTINCT CASE WHEN t.counts = 1 AND a.status IN ('refuted', 'misleading') THEN m.claim_id END) AS fell,
    count(DISTINCT CASE WHEN m.stance = 'retracts' OR t.counts = 1 AND a.status = 'retracted' THEN m.claim_id END) AS took_back
  FROM sources AS s JOIN mentions AS m ON m.source_id = s.id OR m.speaker_id = s.id JOIN stances AS t ON t.code = m.stance
  LEFT JOIN assessments AS a ON a.claim_id = m.claim_id AND +a.assessor_id = (SELECT s.id FROM sources AS s JOIN archive AS r ON r.desk = s.key)
  LEFT JOIN statuses AS k ON k.code = a.status
  WHERE m.claim_id NOT IN (SELECT id FROM claims WHERE withdrawn IS NOT NULL) /*and*/
  GROUP BY s.id
)
ORDER BY checked DESC, claims DESC, source;
