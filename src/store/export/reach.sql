-- What the chosen claims need so that an archive of them alone is whole: their mentions' sources,
-- places with all that hold them, figures with their denominators, verdicts with their evidence.
WITH RECURSIVE need (name, id) AS (
  SELECT 'claims', c.id FROM json_each(:claims) AS k JOIN claims AS c ON c.key = k.value
  UNION
  -- Whose verdicts are the archive's own.
  SELECT 'sources', s.id FROM archive AS a JOIN sources AS s ON s.key = a.desk
  UNION
  SELECT 'sources', m.source_id FROM need AS n JOIN mentions AS m ON m.claim_id = n.id WHERE n.name = 'claims'
  UNION
  SELECT 'sources', m.speaker_id FROM need AS n JOIN mentions AS m ON m.claim_id = n.id
  WHERE n.name = 'claims' AND m.speaker_id IS NOT NULL
  UNION
  SELECT 'locations', l.location_id FROM need AS n JOIN claim_locations AS l ON l.claim_id = n.id WHERE n.name = 'claims'
  UNION
  SELECT 'figures', f.id FROM need AS n JOIN figures AS f ON f.claim_id = n.id WHERE n.name = 'claims'
  UNION
  SELECT 'assessments', a.id FROM need AS n JOIN assessments AS a ON a.claim_id = n.id WHERE n.name = 'claims'
  UNION
  SELECT 'claims', f.claim_id FROM need AS n JOIN figures AS f ON f.id = n.id WHERE n.name = 'figures'
  UNION
  SELECT 'measures', f.measure_id FROM need AS n JOIN figures AS f ON f.id = n.id WHERE n.name = 'figures'
  UNION
  SELECT 'figures', f.out_of_id FROM need AS n JOIN figures AS f ON f.id = n.id
  WHERE n.name = 'figures' AND f.out_of_id IS NOT NULL
  UNION
  SELECT 'sources', a.assessor_id FROM need AS n JOIN assessments AS a ON a.id = n.id WHERE n.name = 'assessments'
  UNION
  SELECT 'sources', e.source_id FROM need AS n JOIN assessment_evidence AS e ON e.assessment_id = n.id
  WHERE n.name = 'assessments' AND e.source_id IS NOT NULL
  UNION
  SELECT 'claims', e.claim_id FROM need AS n JOIN assessment_evidence AS e ON e.assessment_id = n.id
  WHERE n.name = 'assessments' AND e.claim_id IS NOT NULL
  UNION
  SELECT 'figures', e.figure_id FROM need AS n JOIN assessment_evidence AS e ON e.assessment_id = n.id
  WHERE n.name = 'assessments' AND e.figure_id IS NOT NULL
  UNION
  SELECT 'locations', l.within_id FROM need AS n JOIN locations AS l ON l.id = n.id
  WHERE n.name = 'locations' AND l.within_id IS NOT NULL
  UNION
  SELECT 'sources', o.origin_id FROM need AS n JOIN source_origins AS o ON o.source_id = n.id WHERE n.name = 'sources'
  UNION
  SELECT 'sources', g.grader_id FROM need AS n JOIN source_grades AS g ON g.source_id = n.id WHERE n.name = 'sources'
  UNION
  SELECT 'sqlar', c.sqlar_id FROM need AS n JOIN captures AS c ON c.source_id = n.id WHERE n.name = 'sources'
  UNION
  SELECT 'sqlar', p.sqlar_id FROM need AS n JOIN capture_parts AS p ON p.first_id = n.id WHERE n.name = 'sqlar'
)
SELECT n.name, coalesce(c.key, s.key, l.key, f.key, m.key, q.name) AS word
FROM need AS n
LEFT JOIN claims AS c ON n.name = 'claims' AND c.id = n.id
LEFT JOIN sources AS s ON n.name = 'sources' AND s.id = n.id
LEFT JOIN locations AS l ON n.name = 'locations' AND l.id = n.id
LEFT JOIN figures AS f ON n.name = 'figures' AND f.id = n.id
LEFT JOIN measures AS m ON n.name = 'measures' AND m.id = n.id
LEFT JOIN sqlar AS q ON n.name = 'sqlar' AND q.id = n.id
WHERE n.name <> 'assessments'
