-- Notes which kept weights and origins no longer hold (outdated_claims, outdated_sources), whatever tool makes
-- the change. A source is noted once, however many claims rest on it. What is noted is not inserted again: OR FAIL
-- of the statement that fires a trigger would take the place of OR IGNORE in it.

CREATE TRIGGER claims_insert_weigh AFTER INSERT ON claims BEGIN
  INSERT INTO outdated_claims (claim_id) SELECT new.id WHERE new.id NOT IN (SELECT claim_id FROM outdated_claims);
END;
CREATE TRIGGER claims_delete_weigh AFTER DELETE ON claims BEGIN
  DELETE FROM kept_weights WHERE claim_id = old.id;
  DELETE FROM kept_origins WHERE claim_id = old.id;
  DELETE FROM outdated_claims WHERE claim_id = old.id;
END;

CREATE TRIGGER mentions_insert_weigh AFTER INSERT ON mentions BEGIN
  INSERT INTO outdated_claims (claim_id) SELECT new.claim_id WHERE new.claim_id NOT IN (SELECT claim_id FROM outdated_claims);
END;
CREATE TRIGGER mentions_update_weigh AFTER UPDATE OF claim_id, source_id, speaker_id, stance ON mentions
  WHEN new.claim_id <> old.claim_id OR new.source_id <> old.source_id OR new.speaker_id IS NOT old.speaker_id
    OR new.stance <> old.stance BEGIN
  INSERT INTO outdated_claims (claim_id) SELECT old.claim_id WHERE old.claim_id NOT IN (SELECT claim_id FROM outdated_claims);
  INSERT INTO outdated_claims (claim_id) SELECT new.claim_id WHERE new.claim_id NOT IN (SELECT claim_id FROM outdated_claims);
END;
CREATE TRIGGER mentions_delete_weigh AFTER DELETE ON mentions BEGIN
  INSERT INTO outdated_claims (claim_id) SELECT id FROM claims WHERE id = old.claim_id AND id NOT IN (SELECT claim_id FROM outdated_claims);
END;

-- Whoever draws on the source, through however many others, is found from it (outdated_weights). An edition
-- that revises another is no longer the same work.
CREATE TRIGGER source_origins_insert_weigh AFTER INSERT ON source_origins BEGIN
  INSERT INTO outdated_sources (source_id) SELECT new.source_id WHERE new.source_id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT new.origin_id WHERE new.relation = 'revises' AND new.origin_id NOT IN (SELECT source_id FROM outdated_sources);
END;
CREATE TRIGGER source_origins_update_weigh AFTER UPDATE OF source_id, relation, origin_id ON source_origins
  WHEN new.source_id <> old.source_id OR new.relation <> old.relation OR new.origin_id <> old.origin_id BEGIN
  INSERT INTO outdated_sources (source_id) SELECT old.source_id WHERE old.source_id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT new.source_id WHERE new.source_id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT old.origin_id WHERE old.relation = 'revises' AND old.origin_id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT new.origin_id WHERE new.relation = 'revises' AND new.origin_id NOT IN (SELECT source_id FROM outdated_sources);
END;
CREATE TRIGGER source_origins_delete_weigh AFTER DELETE ON source_origins BEGIN
  INSERT INTO outdated_sources (source_id) SELECT old.source_id WHERE old.source_id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT old.origin_id WHERE old.relation = 'revises' AND old.origin_id NOT IN (SELECT source_id FROM outdated_sources);
END;

-- Of several bodies, speakers or editions the first by key counts.
CREATE TRIGGER sources_update_weigh AFTER UPDATE OF key, kind, outlet ON sources
  WHEN new.key <> old.key OR new.kind <> old.kind OR new.outlet IS NOT old.outlet BEGIN
  INSERT INTO outdated_sources (source_id) SELECT new.id WHERE new.id NOT IN (SELECT source_id FROM outdated_sources);
END;
-- Which documents are one work follows from address, identifier, kind and key. Where these change, all are
-- noted that were one work with the source or now are. What waits for its canonical forms needs no note:
-- nothing that rests on it is kept before it has them (outdated_weights). Its address is compared in a simple form
-- from the moment that it waits, which the trigger sources_identity_updated may bring about after this one; and a form
-- that another tool gave it is what others are compared with all the same.
CREATE TRIGGER sources_insert_works AFTER INSERT ON sources BEGIN
  INSERT INTO outdated_sources (source_id)
    SELECT DISTINCT o.id FROM source_works AS w JOIN sources AS o
      ON o.canonical = w.address OR o.canonical = w.identifier OR o.canonical_identifier = w.address
        OR o.canonical_identifier = w.identifier OR o.canonical = new.canonical OR o.canonical_identifier = new.canonical
      WHERE w.source_id = new.id AND o.id <> new.id AND o.id NOT IN (SELECT source_id FROM outdated_sources);
END;
CREATE TRIGGER sources_update_works AFTER UPDATE OF key, kind, url, identifier, canonical, canonical_identifier, folded ON sources
  WHEN new.key <> old.key OR new.kind <> old.kind OR new.url IS NOT old.url OR new.identifier IS NOT old.identifier
    OR new.canonical IS NOT old.canonical OR new.canonical_identifier IS NOT old.canonical_identifier
    OR ((new.folded IS NULL) <> (old.folded IS NULL)
      AND coalesce(new.url, new.identifier, new.canonical, new.canonical_identifier) IS NOT NULL) BEGIN
  INSERT INTO outdated_sources (source_id)
    SELECT DISTINCT o.id FROM source_works AS w JOIN sources AS o
      ON o.canonical = w.address OR o.canonical = w.identifier OR o.canonical_identifier = w.address
        OR o.canonical_identifier = w.identifier OR o.canonical = new.canonical OR o.canonical_identifier = new.canonical
      WHERE w.source_id = new.id AND o.id <> new.id AND o.id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT id FROM sources WHERE canonical = old.canonical AND id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT id FROM sources WHERE canonical = old.canonical_identifier AND id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT id FROM sources WHERE canonical_identifier = old.canonical AND id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT id FROM sources WHERE canonical_identifier = old.canonical_identifier AND id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id)
    SELECT new.id WHERE ((old.folded IS NOT NULL AND new.folded IS NOT NULL) OR old.canonical IS NOT NULL OR old.canonical_identifier IS NOT NULL OR EXISTS (
      SELECT 1 FROM source_works AS w JOIN sources AS o
        ON o.canonical = w.address OR o.canonical = w.identifier OR o.canonical_identifier = w.address
          OR o.canonical_identifier = w.identifier
        WHERE w.source_id = new.id AND o.id <> new.id)) AND new.id NOT IN (SELECT source_id FROM outdated_sources);
END;
CREATE TRIGGER sources_delete_works AFTER DELETE ON sources BEGIN
  DELETE FROM outdated_sources WHERE source_id = old.id;
  INSERT INTO outdated_sources (source_id) SELECT id FROM sources WHERE canonical = old.canonical AND id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT id FROM sources WHERE canonical = old.canonical_identifier AND id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT id FROM sources WHERE canonical_identifier = old.canonical AND id NOT IN (SELECT source_id FROM outdated_sources);
  INSERT INTO outdated_sources (source_id) SELECT id FROM sources WHERE canonical_identifier = old.canonical_identifier AND id NOT IN (SELECT source_id FROM outdated_sources);
END;

-- The words of these lists say what counts.
CREATE TRIGGER stances_update_weigh AFTER UPDATE OF counts ON stances WHEN new.counts <> old.counts BEGIN
  INSERT INTO outdated_claims (claim_id) SELECT id FROM claims WHERE id NOT IN (SELECT claim_id FROM outdated_claims);
END;
CREATE TRIGGER source_kinds_update_weigh AFTER UPDATE OF is_named, is_party ON source_kinds
  WHEN new.is_named <> old.is_named OR new.is_party <> old.is_party BEGIN
  INSERT INTO outdated_claims (claim_id) SELECT id FROM claims WHERE id NOT IN (SELECT claim_id FROM outdated_claims);
END;
CREATE TRIGGER origin_relations_update_weigh AFTER UPDATE OF whole_text ON origin_relations
  WHEN new.whole_text <> old.whole_text BEGIN
  INSERT INTO outdated_claims (claim_id) SELECT id FROM claims WHERE id NOT IN (SELECT claim_id FROM outdated_claims);
END;

-- Kept rows are what the program worked out, and a note goes when it has done so again. Every archive has an
-- operation, that which made it.
CREATE TRIGGER kept_weights_insert_guard BEFORE INSERT ON kept_weights BEGIN
  SELECT RAISE(ABORT, 'kept_weights: the program keeps these rows; `onrecord refresh` brings them up to date')
    WHERE (SELECT operation FROM archive) IS NULL AND EXISTS (SELECT 1 FROM operations);
END;
CREATE TRIGGER kept_weights_update_guard BEFORE UPDATE ON kept_weights BEGIN
  SELECT RAISE(ABORT, 'kept_weights: the program keeps these rows; `onrecord refresh` brings them up to date')
    WHERE (SELECT operation FROM archive) IS NULL AND EXISTS (SELECT 1 FROM operations);
END;
CREATE TRIGGER kept_weights_delete_guard BEFORE DELETE ON kept_weights BEGIN
  SELECT RAISE(ABORT, 'kept_weights: the program keeps these rows; `onrecord refresh` brings them up to date')
    WHERE (SELECT operation FROM archive) IS NULL AND EXISTS (SELECT 1 FROM operations) AND EXISTS (SELECT 1 FROM claims WHERE id = old.claim_id);
END;
CREATE TRIGGER kept_origins_insert_guard BEFORE INSERT ON kept_origins BEGIN
  SELECT RAISE(ABORT, 'kept_origins: the program keeps these rows; `onrecord refresh` brings them up to date')
    WHERE (SELECT operation FROM archive) IS NULL AND EXISTS (SELECT 1 FROM operations);
END;
CREATE TRIGGER kept_origins_update_guard BEFORE UPDATE ON kept_origins BEGIN
  SELECT RAISE(ABORT, 'kept_origins: the program keeps these rows; `onrecord refresh` brings them up to date')
    WHERE (SELECT operation FROM archive) IS NULL AND EXISTS (SELECT 1 FROM operations);
END;
CREATE TRIGGER kept_origins_delete_guard BEFORE DELETE ON kept_origins BEGIN
  SELECT RAISE(ABORT, 'kept_origins: the program keeps these rows; `onrecord refresh` brings them up to date')
    WHERE (SELECT operation FROM archive) IS NULL AND EXISTS (SELECT 1 FROM operations) AND EXISTS (SELECT 1 FROM claims WHERE id = old.claim_id);
END;
CREATE TRIGGER outdated_claims_update_guard BEFORE UPDATE ON outdated_claims BEGIN
  SELECT RAISE(ABORT, 'outdated_claims: a note stays as it is until `onrecord refresh`');
END;
CREATE TRIGGER outdated_claims_delete_guard BEFORE DELETE ON outdated_claims BEGIN
  SELECT RAISE(ABORT, 'outdated_claims: a note stays until `onrecord refresh`')
    WHERE (SELECT operation FROM archive) IS NULL AND EXISTS (SELECT 1 FROM operations) AND EXISTS (SELECT 1 FROM claims WHERE id = old.claim_id);
END;
CREATE TRIGGER outdated_sources_update_guard BEFORE UPDATE ON outdated_sources BEGIN
  SELECT RAISE(ABORT, 'outdated_sources: a note stays as it is until `onrecord refresh`');
END;
CREATE TRIGGER outdated_sources_delete_guard BEFORE DELETE ON outdated_sources BEGIN
  SELECT RAISE(ABORT, 'outdated_sources: a note stays until `onrecord refresh`')
    WHERE (SELECT operation FROM archive) IS NULL AND EXISTS (SELECT 1 FROM operations) AND EXISTS (SELECT 1 FROM sources WHERE id = old.source_id);
END;
