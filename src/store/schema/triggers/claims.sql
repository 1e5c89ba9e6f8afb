-- Keeps claims.status, and refuses verdicts, links and figures that contradict themselves.

-- The status of a claim follows from its verdicts.
CREATE TRIGGER claims_status_insert_guard BEFORE INSERT ON claims BEGIN
  SELECT RAISE(ABORT, 'claims.status is kept from assessments: leave it out, then INSERT INTO assessments')
    WHERE new.status <> 'unassessed';
END;
CREATE TRIGGER claims_status_update_guard BEFORE UPDATE ON claims BEGIN
  SELECT RAISE(ABORT, 'claims.status is kept from assessments: record a verdict with INSERT INTO assessments')
    WHERE new.status IS NOT old.status AND new.status IS NOT (
      SELECT coalesce(
        (SELECT a.status FROM assessments AS a
          WHERE a.id = (SELECT assessment_id FROM current_assessments WHERE claim_id = old.id)),
        'unassessed'));
END;
-- It writes no revision: the assessment is the record of the change.
CREATE TRIGGER assessments_keep_status AFTER INSERT ON assessments BEGIN
  UPDATE claims SET status = coalesce((
      SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
      WHERE k.claim_id = new.claim_id), 'unassessed')
    WHERE id = new.claim_id;
END;
-- A verdict that is retracted holds no more, and one whose retraction is undone holds again.
CREATE TRIGGER assessment_retractions_keep_status AFTER INSERT ON assessment_retractions BEGIN
  UPDATE claims SET status = coalesce((
      SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
      WHERE k.claim_id = claims.id), 'unassessed')
    WHERE id = (SELECT claim_id FROM assessments WHERE id = new.assessment_id);
END;
CREATE TRIGGER assessment_retractions_restore_status AFTER DELETE ON assessment_retractions BEGIN
  UPDATE claims SET status = coalesce((
      SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
      WHERE k.claim_id = claims.id), 'unassessed')
    WHERE id = (SELECT claim_id FROM assessments WHERE id = old.assessment_id);
END;
-- Undoing an operation may remove a verdict with a row that it names.
CREATE TRIGGER assessments_restore_status AFTER DELETE ON assessments BEGIN
  UPDATE claims SET status = coalesce((
      SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
      WHERE k.claim_id = claims.id), 'unassessed')
    WHERE id = old.claim_id;
END;
-- Another desk, other verdicts: every status follows.
CREATE TRIGGER archive_desk_keeps_status AFTER UPDATE OF desk ON archive WHEN new.desk IS NOT old.desk BEGIN
  UPDATE claims SET status = coalesce((
      SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
      WHERE k.claim_id = claims.id), 'unassessed')
    WHERE id IN (SELECT claim_id FROM assessments);
END;
CREATE TRIGGER assessments_status_insert_guard BEFORE INSERT ON assessments BEGIN
  SELECT RAISE(ABORT, 'assessments.status: this status means that there is no verdict; it cannot be given')
    WHERE EXISTS (SELECT 1 FROM statuses WHERE code = new.status AND assignable = 0);
END;

-- What holds both ways is recorded once.
CREATE TRIGGER claim_links_symmetric_insert_guard BEFORE INSERT ON claim_links BEGIN
  SELECT RAISE(ABORT, 'claim_links: this relation holds both ways and is recorded the other way round already')
    WHERE EXISTS (SELECT 1 FROM claim_links AS l JOIN link_relations AS r ON r.code = l.relation
      WHERE r.symmetric = 1 AND l.relation = new.relation AND l.from_id = new.to_id AND l.to_id = new.from_id);
END;
CREATE TRIGGER claim_links_symmetric_update_guard BEFORE UPDATE ON claim_links BEGIN
  SELECT RAISE(ABORT, 'claim_links: this relation holds both ways and is recorded the other way round already')
    WHERE EXISTS (SELECT 1 FROM claim_links AS l JOIN link_relations AS r ON r.code = l.relation
      WHERE r.symmetric = 1 AND l.relation = new.relation AND l.from_id = new.to_id AND l.to_id = new.from_id
        AND l.id <> old.id);
END;

-- A figure has the numbers that its qualifier asks for.
CREATE TRIGGER figures_numbers_insert_guard BEFORE INSERT ON figures BEGIN
  SELECT RAISE(ABORT, 'figures: a number is needed, unless the qualifier is one that needs none, such as tens, unknown or unquantified')
    WHERE new.value IS NULL AND new.low IS NULL AND new.high IS NULL AND NOT EXISTS (
      SELECT 1 FROM qualifiers WHERE code = new.qualifier
        AND (least IS NOT NULL OR most IS NOT NULL OR code IN ('unknown', 'unquantified')));
  SELECT RAISE(ABORT, 'figures: this qualifier says that there is no number; leave value, low and high out')
    WHERE new.qualifier IN ('none', 'unknown', 'unquantified')
      AND (new.value IS NOT NULL OR new.low IS NOT NULL OR new.high IS NOT NULL);
  SELECT RAISE(ABORT, 'figures: between needs both low and high')
    WHERE new.qualifier = 'between' AND (new.low IS NULL OR new.high IS NULL);
  SELECT RAISE(ABORT, 'figures: what this measure counts is never below zero')
    WHERE (new.value < 0 OR new.low < 0 OR new.high < 0) AND EXISTS (
      SELECT 1 FROM measures AS m JOIN dimensions AS d ON d.code = m.dimension
      WHERE m.id = new.measure_id AND d.may_be_negative = 0);
END;
CREATE TRIGGER figures_numbers_update_guard BEFORE UPDATE ON figures BEGIN
  SELECT RAISE(ABORT, 'figures: a number is needed, unless the qualifier is one that needs none, such as tens, unknown or unquantified')
    WHERE new.value IS NULL AND new.low IS NULL AND new.high IS NULL AND NOT EXISTS (
      SELECT 1 FROM qualifiers WHERE code = new.qualifier
        AND (least IS NOT NULL OR most IS NOT NULL OR code IN ('unknown', 'unquantified')));
  SELECT RAISE(ABORT, 'figures: this qualifier says that there is no number; leave value, low and high out')
    WHERE new.qualifier IN ('none', 'unknown', 'unquantified')
      AND (new.value IS NOT NULL OR new.low IS NOT NULL OR new.high IS NOT NULL);
  SELECT RAISE(ABORT, 'figures: between needs both low and high')
    WHERE new.qualifier = 'between' AND (new.low IS NULL OR new.high IS NULL);
  SELECT RAISE(ABORT, 'figures: what this measure counts is never below zero')
    WHERE (new.value < 0 OR new.low < 0 OR new.high < 0) AND EXISTS (
      SELECT 1 FROM measures AS m JOIN dimensions AS d ON d.code = m.dimension
      WHERE m.id = new.measure_id AND d.may_be_negative = 0);
END;
-- Nor does another dimension, or another word on this one, make numbers below zero impossible afterwards.
CREATE TRIGGER measures_negative_update_guard BEFORE UPDATE OF dimension ON measures BEGIN
  SELECT RAISE(ABORT, 'measures.dimension: a figure of this measure is below zero, and this dimension has none')
    WHERE EXISTS (SELECT 1 FROM dimensions WHERE code = new.dimension AND may_be_negative = 0)
      AND EXISTS (SELECT 1 FROM figures WHERE measure_id = old.id AND (value < 0 OR low < 0 OR high < 0));
END;
CREATE TRIGGER dimensions_negative_update_guard BEFORE UPDATE OF may_be_negative ON dimensions
  WHEN new.may_be_negative = 0 BEGIN
  SELECT RAISE(ABORT, 'dimensions.may_be_negative: a figure of this dimension is below zero')
    WHERE EXISTS (SELECT 1 FROM measures AS m JOIN figures AS f ON f.measure_id = m.id
      WHERE m.dimension = old.code AND (f.value < 0 OR f.low < 0 OR f.high < 0));
END;
