-- title: Verdicts on evidence that does not bear them
-- question: Does a verdict rest on its own claim, on one that is refuted, or on a source that denies it?
-- weight: doubt
SELECT CAST('claims' AS TEXT) AS table_name, c.key, CAST('its verdict rests on the claim itself' AS TEXT) AS finding
FROM claims AS c JOIN current_assessments AS k ON k.claim_id = c.id
JOIN assessment_evidence AS e ON e.assessment_id = k.assessment_id
WHERE c.withdrawn IS NULL AND (e.claim_id = c.id OR EXISTS (
  SELECT 1 FROM figures AS f WHERE f.id = e.figure_id AND f.claim_id = c.id))
UNION ALL
SELECT 'claims', c.key, 'it is ' || c.status || ', and its verdict rests on '
  || CASE WHEN f.id IS NOT NULL THEN 'figure ' || f.key || ' of ' ELSE '' END || o.key || ', which is '
  || CASE WHEN o.withdrawn IS NOT NULL THEN 'withdrawn' ELSE o.status END
FROM claims AS c JOIN current_assessments AS k ON k.claim_id = c.id
JOIN assessment_evidence AS e ON e.assessment_id = k.assessment_id
-- A figure is worth what its claim is.
LEFT JOIN figures AS f ON f.id = e.figure_id
JOIN claims AS o ON o.id = coalesce(e.claim_id, f.claim_id)
WHERE c.withdrawn IS NULL AND c.status IN ('confirmed', 'corroborated') AND o.id <> c.id
  AND (o.status IN ('refuted', 'misleading', 'retracted') OR o.withdrawn IS NOT NULL)
UNION ALL
SELECT 'claims', c.key, 'it is ' || c.status || ', and its verdict rests on ' || s.key || ', which '
  || replace(m.stance, '_', ' ') || ' it'
FROM claims AS c JOIN current_assessments AS k ON k.claim_id = c.id
JOIN assessment_evidence AS e ON e.assessment_id = k.assessment_id JOIN sources AS s ON s.id = e.source_id
JOIN mentions AS m ON m.claim_id = c.id AND s.id IN (m.source_id, m.speaker_id)
WHERE c.withdrawn IS NULL AND c.status IN ('confirmed', 'corroborated') AND m.stance IN ('denies', 'retracts')
  AND NOT EXISTS (SELECT 1 FROM mentions AS n JOIN stances AS t ON t.code = n.stance AND t.counts = 1
    WHERE n.claim_id = c.id AND s.id IN (n.source_id, n.speaker_id))
UNION ALL
SELECT 'claims', c.key, 'it and ' || o.key || ' are both ' || c.status || ', and the one contradicts the other'
FROM claim_links AS l JOIN claims AS c ON c.id = l.from_id JOIN claims AS o ON o.id = l.to_id
WHERE l.relation = 'contradicts' AND c.status = 'confirmed' AND o.status = 'confirmed'
  AND c.withdrawn IS NULL AND o.withdrawn IS NULL
