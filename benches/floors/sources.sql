-- Left out: the grade of a source, claims that a source states in two ways, and all but the desk's verdict on a claim that has
-- one of it.
-- where source: s.key = :key
WITH said AS (
  SELECT m.source_id, m.claim_id, m.stance FROM mentions AS m JOIN sources AS s ON s.id = m.source_id WHERE 1 /*and*/
  UNION SELECT m.speaker_id, m.claim_id, m.stance FROM mentions AS m JOIN sources AS s ON s.id = m.speaker_id WHERE 1 /*and*/
), counted AS (
  SELECT n.source_id, count(*) FILTER (WHERE t.counts = 1) AS claims,
    count(*) FILTER (WHERE t.counts = 1 AND a.status = 'confirmed') AS confirmed,
    count(*) FILTER (WHERE t.counts = 1 AND a.status = 'corroborated') AS corroborated,
    count(*) FILTER (WHERE t.counts = 1 AND a.status = 'reported') AS reported,
    count(*) FILTER (WHERE t.counts = 1 AND a.status = 'unverified') AS unverified,
    count(*) FILTER (WHERE t.counts = 1 AND a.status IN ('disputed', 'misleading', 'inconclusive')) AS contested,
    count(*) FILTER (WHERE t.counts = 1 AND a.status IN ('refuted', 'retracted')) AS refuted,
    count(*) FILTER (WHERE t.counts = 1 AND a.status IS NULL) AS unassessed,
    count(*) FILTER (WHERE t.counts = 0) AS denies
  FROM said AS n JOIN stances AS t ON t.code = n.stance JOIN claims AS c ON c.id = n.claim_id AND c.withdrawn IS NULL
  LEFT JOIN assessments AS a ON a.claim_id = c.id AND +a.assessor_id = (SELECT s.id FROM sources AS s JOIN archive AS r ON r.desk = s.key)
  GROUP BY n.source_id
)
SELECT s.key AS source, s.title, s.kind, NULL AS reliability, NULL AS graded_because, s.published, coalesce(n.claims, 0) AS claims,
  coalesce(n.confirmed, 0) AS confirmed, coalesce(n.corroborated, 0) AS corroborated, coalesce(n.reported, 0) AS reported,
  coalesce(n.unverified, 0) AS unverified, coalesce(n.contested, 0) AS contested, coalesce(n.refuted, 0) AS refuted,
  coalesce(n.unassessed, 0) AS unassessed, coalesce(n.denies, 0) AS denies
FROM sources AS s LEFT JOIN counted AS n ON n.source_id = s.id
WHERE 1 /*and*/
ORDER BY claims DESC, source;
