-- The references of all rows that a bulk load added, asked at once: each leads to a row. Foreign keys
-- are off for that time, and the guards that repeat them aside.
SELECT 'source_origins.source_id: no such row in sources' AS what FROM source_origins AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'source_origins') AND r.source_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = r.source_id)
UNION ALL
SELECT 'source_origins.origin_id: no such row in sources' AS what FROM source_origins AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'source_origins') AND r.origin_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = r.origin_id)
UNION ALL
SELECT 'source_origins.relation: no such row in origin_relations' AS what FROM source_origins AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'source_origins') AND r.relation NOT IN (SELECT code FROM origin_relations)
UNION ALL
SELECT 'sources.kind: no such row in source_kinds' AS what FROM sources AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'sources') AND r.kind NOT IN (SELECT code FROM source_kinds)
UNION ALL
SELECT 'locations.kind: no such row in location_kinds' AS what FROM locations AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'locations') AND r.kind NOT IN (SELECT code FROM location_kinds)
UNION ALL
SELECT 'locations.within_id: no such row in locations' AS what FROM locations AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'locations') AND r.within_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE id = r.within_id)
UNION ALL
SELECT 'locations.precision: no such row in location_precisions' AS what FROM locations AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'locations') AND r.precision NOT IN (SELECT code FROM location_precisions)
UNION ALL
SELECT 'location_names.location_id: no such row in locations' AS what FROM location_names AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'location_names') AND r.location_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE id = r.location_id)
UNION ALL
SELECT 'measures.dimension: no such row in dimensions' AS what FROM measures AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'measures') AND r.dimension NOT IN (SELECT code FROM dimensions)
UNION ALL
SELECT 'measures.growth: no such row in growths' AS what FROM measures AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'measures') AND r.growth NOT IN (SELECT code FROM growths)
UNION ALL
SELECT 'claims.kind: no such row in claim_kinds' AS what FROM claims AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'claims') AND r.kind NOT IN (SELECT code FROM claim_kinds)
UNION ALL
SELECT 'claims.date_precision: no such row in date_precisions' AS what FROM claims AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'claims') AND r.date_precision NOT IN (SELECT code FROM date_precisions)
UNION ALL
SELECT 'claim_locations.claim_id: no such row in claims' AS what FROM claim_locations AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'claim_locations') AND r.claim_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE id = r.claim_id)
UNION ALL
SELECT 'claim_locations.location_id: no such row in locations' AS what FROM claim_locations AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'claim_locations') AND r.location_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE id = r.location_id)
UNION ALL
SELECT 'claim_locations.relation: no such row in place_relations' AS what FROM claim_locations AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'claim_locations') AND r.relation NOT IN (SELECT code FROM place_relations)
UNION ALL
SELECT 'mentions.claim_id: no such row in claims' AS what FROM mentions AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'mentions') AND r.claim_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE id = r.claim_id)
UNION ALL
SELECT 'mentions.source_id: no such row in sources' AS what FROM mentions AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'mentions') AND r.source_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = r.source_id)
UNION ALL
SELECT 'mentions.speaker_id: no such row in sources' AS what FROM mentions AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'mentions') AND r.speaker_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = r.speaker_id)
UNION ALL
SELECT 'mentions.stance: no such row in stances' AS what FROM mentions AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'mentions') AND r.stance NOT IN (SELECT code FROM stances)
UNION ALL
SELECT 'mentions.hedge: no such row in hedges' AS what FROM mentions AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'mentions') AND r.hedge NOT IN (SELECT code FROM hedges)
UNION ALL
SELECT 'figures.claim_id: no such row in claims' AS what FROM figures AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'figures') AND r.claim_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE id = r.claim_id)
UNION ALL
SELECT 'figures.measure_id: no such row in measures' AS what FROM figures AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'figures') AND r.measure_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM measures WHERE id = r.measure_id)
UNION ALL
SELECT 'figures.qualifier: no such row in qualifiers' AS what FROM figures AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'figures') AND r.qualifier NOT IN (SELECT code FROM qualifiers)
UNION ALL
SELECT 'figures.out_of_id: no such row in figures' AS what FROM figures AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'figures') AND r.out_of_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM figures WHERE id = r.out_of_id)
UNION ALL
SELECT 'assessments.claim_id: no such row in claims' AS what FROM assessments AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'assessments') AND r.claim_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE id = r.claim_id)
UNION ALL
SELECT 'assessments.status: no such row in statuses' AS what FROM assessments AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'assessments') AND r.status NOT IN (SELECT code FROM statuses)
UNION ALL
SELECT 'assessments.credibility: no such row in credibilities' AS what FROM assessments AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'assessments') AND r.credibility NOT IN (SELECT code FROM credibilities)
UNION ALL
SELECT 'assessments.assessor_id: no such row in sources' AS what FROM assessments AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'assessments') AND r.assessor_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = r.assessor_id)
UNION ALL
SELECT 'assessment_evidence.assessment_id: no such row in assessments' AS what FROM assessment_evidence AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'assessment_evidence') AND r.assessment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assessments WHERE id = r.assessment_id)
UNION ALL
SELECT 'assessment_evidence.source_id: no such row in sources' AS what FROM assessment_evidence AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'assessment_evidence') AND r.source_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = r.source_id)
UNION ALL
SELECT 'assessment_evidence.claim_id: no such row in claims' AS what FROM assessment_evidence AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'assessment_evidence') AND r.claim_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE id = r.claim_id)
UNION ALL
SELECT 'assessment_evidence.figure_id: no such row in figures' AS what FROM assessment_evidence AS r
WHERE r.id > (SELECT id FROM bulk_since WHERE name = 'assessment_evidence') AND r.figure_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM figures WHERE id = r.figure_id)
LIMIT 1;
