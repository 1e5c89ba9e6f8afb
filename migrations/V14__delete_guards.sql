-- What may not be deleted: a row that another row refers to. The same rule stands as foreign
-- keys in the tables; most tools leave those off, so it is repeated here as triggers that say
-- which column still refers.

CREATE TRIGGER archive_delete_guard BEFORE DELETE ON archive BEGIN
  SELECT RAISE(ABORT, 'archive: this row says what the file is; it stays');
END;

CREATE TRIGGER statuses_delete_guard BEFORE DELETE ON statuses BEGIN
  SELECT RAISE(ABORT, 'statuses: claims.status still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claims WHERE status = old.code);
  SELECT RAISE(ABORT, 'statuses: assessments.status still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE status = old.code);
END;

CREATE TRIGGER reliabilities_delete_guard BEFORE DELETE ON reliabilities BEGIN
  SELECT RAISE(ABORT, 'reliabilities: source_grades.reliability still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_grades WHERE reliability = old.code);
END;

CREATE TRIGGER credibilities_delete_guard BEFORE DELETE ON credibilities BEGIN
  SELECT RAISE(ABORT, 'credibilities: statuses.admiralty still refers to this row')
    WHERE EXISTS (SELECT 1 FROM statuses WHERE admiralty = old.code);
  SELECT RAISE(ABORT, 'credibilities: assessments.credibility still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE credibility = old.code);
END;

CREATE TRIGGER qualifiers_delete_guard BEFORE DELETE ON qualifiers BEGIN
  SELECT RAISE(ABORT, 'qualifiers: figures.qualifier still refers to this row')
    WHERE EXISTS (SELECT 1 FROM figures WHERE qualifier = old.code);
END;

CREATE TRIGGER source_kinds_delete_guard BEFORE DELETE ON source_kinds BEGIN
  SELECT RAISE(ABORT, 'source_kinds: sources.kind still refers to this row')
    WHERE EXISTS (SELECT 1 FROM sources WHERE kind = old.code);
END;

CREATE TRIGGER origin_relations_delete_guard BEFORE DELETE ON origin_relations BEGIN
  SELECT RAISE(ABORT, 'origin_relations: source_origins.relation still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_origins WHERE relation = old.code);
END;

CREATE TRIGGER claim_kinds_delete_guard BEFORE DELETE ON claim_kinds BEGIN
  SELECT RAISE(ABORT, 'claim_kinds: claims.kind still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claims WHERE kind = old.code);
END;

CREATE TRIGGER stances_delete_guard BEFORE DELETE ON stances BEGIN
  SELECT RAISE(ABORT, 'stances: mentions.stance still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE stance = old.code);
END;

CREATE TRIGGER hedges_delete_guard BEFORE DELETE ON hedges BEGIN
  SELECT RAISE(ABORT, 'hedges: mentions.hedge still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE hedge = old.code);
END;

CREATE TRIGGER location_kinds_delete_guard BEFORE DELETE ON location_kinds BEGIN
  SELECT RAISE(ABORT, 'location_kinds: locations.kind still refers to this row')
    WHERE EXISTS (SELECT 1 FROM locations WHERE kind = old.code);
END;

CREATE TRIGGER location_precisions_delete_guard BEFORE DELETE ON location_precisions BEGIN
  SELECT RAISE(ABORT, 'location_precisions: locations.precision still refers to this row')
    WHERE EXISTS (SELECT 1 FROM locations WHERE precision = old.code);
END;

CREATE TRIGGER date_precisions_delete_guard BEFORE DELETE ON date_precisions BEGIN
  SELECT RAISE(ABORT, 'date_precisions: claims.date_precision still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claims WHERE date_precision = old.code);
END;

CREATE TRIGGER place_relations_delete_guard BEFORE DELETE ON place_relations BEGIN
  SELECT RAISE(ABORT, 'place_relations: claim_locations.relation still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_locations WHERE relation = old.code);
END;

CREATE TRIGGER link_relations_delete_guard BEFORE DELETE ON link_relations BEGIN
  SELECT RAISE(ABORT, 'link_relations: claim_links.relation still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_links WHERE relation = old.code);
END;

CREATE TRIGGER growths_delete_guard BEFORE DELETE ON growths BEGIN
  SELECT RAISE(ABORT, 'growths: measures.growth still refers to this row')
    WHERE EXISTS (SELECT 1 FROM measures WHERE growth = old.code);
END;

CREATE TRIGGER dimensions_delete_guard BEFORE DELETE ON dimensions BEGIN
  SELECT RAISE(ABORT, 'dimensions: measures.dimension still refers to this row')
    WHERE EXISTS (SELECT 1 FROM measures WHERE dimension = old.code);
END;

CREATE TRIGGER sources_delete_guard BEFORE DELETE ON sources BEGIN
  SELECT RAISE(ABORT, 'sources: archive.desk names this source')
    WHERE EXISTS (SELECT 1 FROM archive WHERE desk = old.key);
  SELECT RAISE(ABORT, 'sources: source_origins.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_origins WHERE source_id = old.id);
  SELECT RAISE(ABORT, 'sources: source_origins.origin_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_origins WHERE origin_id = old.id);
  SELECT RAISE(ABORT, 'sources: source_grades.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_grades WHERE source_id = old.id);
  SELECT RAISE(ABORT, 'sources: source_grades.grader_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM source_grades WHERE grader_id = old.id);
  SELECT RAISE(ABORT, 'sources: mentions.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE source_id = old.id);
  SELECT RAISE(ABORT, 'sources: mentions.speaker_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE speaker_id = old.id);
  SELECT RAISE(ABORT, 'sources: assessments.assessor_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE assessor_id = old.id);
  SELECT RAISE(ABORT, 'sources: assessment_evidence.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence WHERE source_id = old.id);
  SELECT RAISE(ABORT, 'sources: captures.source_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM captures WHERE source_id = old.id);
END;

CREATE TRIGGER locations_delete_guard BEFORE DELETE ON locations BEGIN
  SELECT RAISE(ABORT, 'locations: locations.within_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM locations WHERE within_id = old.id);
  SELECT RAISE(ABORT, 'locations: location_names.location_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM location_names WHERE location_id = old.id);
  SELECT RAISE(ABORT, 'locations: claim_locations.location_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_locations WHERE location_id = old.id);
END;

CREATE TRIGGER claims_delete_guard BEFORE DELETE ON claims BEGIN
  SELECT RAISE(ABORT, 'claims: an assessed claim stays; UPDATE claims SET withdrawn = the reason, and reports leave it out')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: claim_locations.claim_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_locations WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: mentions.claim_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM mentions WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: claim_links.from_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_links WHERE from_id = old.id);
  SELECT RAISE(ABORT, 'claims: claim_links.to_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM claim_links WHERE to_id = old.id);
  SELECT RAISE(ABORT, 'claims: figures.claim_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM figures WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: assessments.claim_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE claim_id = old.id);
  SELECT RAISE(ABORT, 'claims: assessment_evidence.claim_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence WHERE claim_id = old.id);
END;

CREATE TRIGGER measures_delete_guard BEFORE DELETE ON measures BEGIN
  SELECT RAISE(ABORT, 'measures: figures.measure_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM figures WHERE measure_id = old.id);
END;

CREATE TRIGGER figures_delete_guard BEFORE DELETE ON figures BEGIN
  SELECT RAISE(ABORT, 'figures: figures.out_of_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM figures WHERE out_of_id = old.id);
  SELECT RAISE(ABORT, 'figures: assessment_evidence.figure_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence WHERE figure_id = old.id);
END;

CREATE TRIGGER sqlar_delete_guard BEFORE DELETE ON sqlar BEGIN
  SELECT RAISE(ABORT, 'sqlar: captures.sqlar_id still refers to this row')
    WHERE EXISTS (SELECT 1 FROM captures WHERE sqlar_id = old.id);
END;
