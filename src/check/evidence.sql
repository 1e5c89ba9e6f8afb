-- title: Verdicts that rest on too little
-- question: Does every confirmed claim have evidence, and every corroborated one two independent origins?
SELECT CAST('claims' AS TEXT) AS table_name, c.key, CAST('it is confirmed, and the verdict names no evidence' AS TEXT) AS finding
FROM claims AS c
JOIN current_assessments AS k ON k.claim_id = c.id
WHERE c.status = 'confirmed' AND c.withdrawn IS NULL
  AND NOT EXISTS (SELECT 1 FROM assessment_evidence AS e WHERE e.assessment_id = k.assessment_id)
UNION ALL
SELECT 'claims', c.key, CASE w.origins WHEN 0 THEN 'it is corroborated, and no source states it'
  ELSE 'it is corroborated, and has one independent origin: ' || w.origin_keys END
FROM claims AS c JOIN claim_weights AS w ON w.claim_id = c.id
WHERE c.status = 'corroborated' AND c.withdrawn IS NULL AND w.origins < 2
