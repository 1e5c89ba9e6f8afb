-- The references of all rows that a bulk load added, asked in one walk through the new rows of each
-- table: each leads to a row, and no key is the alias of another row. Foreign keys are off for that
-- time, and the guards that repeat them set aside. Written by a test from what src/model/schema/ says
-- of each table (BLESS=1 cargo test generated).
-- NOT IN looks an id up at a third of what NOT EXISTS costs; of an empty table it is true, even for
-- NULL.
SELECT CASE
    WHEN kind NOT IN (SELECT code FROM source_kinds) THEN 'sources.kind: no such row in source_kinds'
    WHEN key IN (SELECT alias FROM aliases WHERE table_name = 'sources') THEN 'sources: the key ' || key || ' is an alias of another row'
  END AS what FROM sources
WHERE id > (SELECT id FROM bulk_since WHERE name = 'sources') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN source_id NOT IN (SELECT id FROM sources) THEN 'source_origins.source_id: no such row in sources'
    WHEN relation NOT IN (SELECT code FROM origin_relations) THEN 'source_origins.relation: no such row in origin_relations'
    WHEN origin_id NOT IN (SELECT id FROM sources) THEN 'source_origins.origin_id: no such row in sources'
  END AS what FROM source_origins
WHERE id > (SELECT id FROM bulk_since WHERE name = 'source_origins') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN kind NOT IN (SELECT code FROM location_kinds) THEN 'locations.kind: no such row in location_kinds'
    WHEN within_id IS NOT NULL AND within_id NOT IN (SELECT id FROM locations) THEN 'locations.within_id: no such row in locations'
    WHEN precision IS NOT NULL AND precision NOT IN (SELECT code FROM location_precisions) THEN 'locations.precision: no such row in location_precisions'
    WHEN key IN (SELECT alias FROM aliases WHERE table_name = 'locations') THEN 'locations: the key ' || key || ' is an alias of another row'
  END AS what FROM locations
WHERE id > (SELECT id FROM bulk_since WHERE name = 'locations') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN location_id NOT IN (SELECT id FROM locations) THEN 'location_names.location_id: no such row in locations'
  END AS what FROM location_names
WHERE id > (SELECT id FROM bulk_since WHERE name = 'location_names') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN dimension NOT IN (SELECT code FROM dimensions) THEN 'measures.dimension: no such row in dimensions'
    WHEN growth NOT IN (SELECT code FROM growths) THEN 'measures.growth: no such row in growths'
    WHEN counted_by_id IS NOT NULL AND counted_by_id NOT IN (SELECT id FROM sources) THEN 'measures.counted_by_id: no such row in sources'
    WHEN key IN (SELECT alias FROM aliases WHERE table_name = 'measures') THEN 'measures: the key ' || key || ' is an alias of another row'
  END AS what FROM measures
WHERE id > (SELECT id FROM bulk_since WHERE name = 'measures') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN kind NOT IN (SELECT code FROM claim_kinds) THEN 'claims.kind: no such row in claim_kinds'
    WHEN date_precision IS NOT NULL AND date_precision NOT IN (SELECT code FROM date_precisions) THEN 'claims.date_precision: no such row in date_precisions'
    WHEN key IN (SELECT alias FROM aliases WHERE table_name = 'claims') THEN 'claims: the key ' || key || ' is an alias of another row'
  END AS what FROM claims
WHERE id > (SELECT id FROM bulk_since WHERE name = 'claims') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN claim_id NOT IN (SELECT id FROM claims) THEN 'claim_locations.claim_id: no such row in claims'
    WHEN location_id NOT IN (SELECT id FROM locations) THEN 'claim_locations.location_id: no such row in locations'
    WHEN relation NOT IN (SELECT code FROM place_relations) THEN 'claim_locations.relation: no such row in place_relations'
  END AS what FROM claim_locations
WHERE id > (SELECT id FROM bulk_since WHERE name = 'claim_locations') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN claim_id NOT IN (SELECT id FROM claims) THEN 'mentions.claim_id: no such row in claims'
    WHEN source_id NOT IN (SELECT id FROM sources) THEN 'mentions.source_id: no such row in sources'
    WHEN speaker_id IS NOT NULL AND speaker_id NOT IN (SELECT id FROM sources) THEN 'mentions.speaker_id: no such row in sources'
    WHEN stance NOT IN (SELECT code FROM stances) THEN 'mentions.stance: no such row in stances'
    WHEN hedge NOT IN (SELECT code FROM hedges) THEN 'mentions.hedge: no such row in hedges'
  END AS what FROM mentions
WHERE id > (SELECT id FROM bulk_since WHERE name = 'mentions') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN claim_id NOT IN (SELECT id FROM claims) THEN 'figures.claim_id: no such row in claims'
    WHEN measure_id NOT IN (SELECT id FROM measures) THEN 'figures.measure_id: no such row in measures'
    WHEN qualifier NOT IN (SELECT code FROM qualifiers) THEN 'figures.qualifier: no such row in qualifiers'
    WHEN out_of_id IS NOT NULL AND out_of_id NOT IN (SELECT id FROM figures) THEN 'figures.out_of_id: no such row in figures'
    WHEN key IN (SELECT alias FROM aliases WHERE table_name = 'figures') THEN 'figures: the key ' || key || ' is an alias of another row'
  END AS what FROM figures
WHERE id > (SELECT id FROM bulk_since WHERE name = 'figures') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN claim_id NOT IN (SELECT id FROM claims) THEN 'assessments.claim_id: no such row in claims'
    WHEN status NOT IN (SELECT code FROM statuses) THEN 'assessments.status: no such row in statuses'
    WHEN credibility IS NOT NULL AND credibility NOT IN (SELECT code FROM credibilities) THEN 'assessments.credibility: no such row in credibilities'
    WHEN assessor_id NOT IN (SELECT id FROM sources) THEN 'assessments.assessor_id: no such row in sources'
  END AS what FROM assessments
WHERE id > (SELECT id FROM bulk_since WHERE name = 'assessments') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN assessment_id NOT IN (SELECT id FROM assessments) THEN 'assessment_evidence.assessment_id: no such row in assessments'
    WHEN source_id IS NOT NULL AND source_id NOT IN (SELECT id FROM sources) THEN 'assessment_evidence.source_id: no such row in sources'
    WHEN claim_id IS NOT NULL AND claim_id NOT IN (SELECT id FROM claims) THEN 'assessment_evidence.claim_id: no such row in claims'
    WHEN figure_id IS NOT NULL AND figure_id NOT IN (SELECT id FROM figures) THEN 'assessment_evidence.figure_id: no such row in figures'
  END AS what FROM assessment_evidence
WHERE id > (SELECT id FROM bulk_since WHERE name = 'assessment_evidence') AND what IS NOT NULL
UNION ALL
SELECT CASE
    WHEN assessment_id NOT IN (SELECT id FROM assessments) THEN 'assessment_retractions.assessment_id: no such row in assessments'
  END AS what FROM assessment_retractions
WHERE id > (SELECT id FROM bulk_since WHERE name = 'assessment_retractions') AND what IS NOT NULL
LIMIT 1;
