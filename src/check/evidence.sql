-- title: Verdicts that rest on too little
-- question: Does every confirmed claim have evidence, and every corroborated one two voices?
SELECT 'claims' AS table_name, c.key, 'it is confirmed, and the verdict names no evidence' AS finding
FROM claims AS c
JOIN current_assessments AS k ON k.claim_id = c.id
WHERE c.status = 'confirmed' AND c.withdrawn IS NULL
  AND NOT EXISTS (SELECT 1 FROM assessment_evidence AS e WHERE e.assessment_id = k.assessment_id)
UNION ALL
SELECT 'claims', c.key, 'it is corroborated, and fewer than two speakers or sources state it'
FROM claims AS c
WHERE c.status = 'corroborated' AND c.withdrawn IS NULL AND (
  SELECT count(DISTINCT coalesce(m.speaker_id, m.source_id))
  FROM mentions AS m JOIN stances AS t ON t.code = m.stance
  WHERE m.claim_id = c.id AND t.counts = 1) < 2
