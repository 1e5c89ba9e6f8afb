-- title: Statuses that do not follow from the verdicts
-- question: Does every claim have the status of the verdict that holds, and every verdict a reason?
SELECT CAST('claims' AS TEXT) AS table_name, c.key, CAST('its status is ' || c.status || ', but the verdict that holds says '
  || coalesce(a.status, 'unassessed') AS TEXT) AS finding
FROM claims AS c
JOIN current_assessments AS k ON k.claim_id = c.id
LEFT JOIN assessments AS a ON a.id = k.assessment_id
WHERE c.status <> coalesce(a.status, 'unassessed')
UNION ALL
SELECT 'assessments', c.key, 'the verdict ' || a.status || CASE WHEN a.at_stated = 1 THEN ' of ' || a.at ELSE '' END || ' has no reason'
FROM assessments AS a JOIN claims AS c ON c.id = a.claim_id
WHERE a.because IS NULL OR trim(a.because) = ''
