-- What the triggers on new rows do for versions, for all rows that a bulk load added: the claims that were
-- there and got a place, a figure or a contesting mention have another version, and a new verdict is about
-- the version that its claim has.
UPDATE claims SET version = (SELECT version FROM next_versions WHERE claim_id = claims.id)
  WHERE id IN (
    SELECT claim_id FROM claim_locations
      WHERE id > (SELECT id FROM bulk_since WHERE name = 'claim_locations')
        AND claim_id <= (SELECT id FROM bulk_since WHERE name = 'claims')
    UNION SELECT claim_id FROM figures
      WHERE id > (SELECT id FROM bulk_since WHERE name = 'figures')
        AND claim_id <= (SELECT id FROM bulk_since WHERE name = 'claims')
    UNION SELECT claim_id FROM mentions
      WHERE id > (SELECT id FROM bulk_since WHERE name = 'mentions')
        AND claim_id <= (SELECT id FROM bulk_since WHERE name = 'claims')
        AND stance IN (SELECT code FROM stances WHERE counts = 0))
  AND EXISTS (SELECT 1 FROM next_versions WHERE claim_id = claims.id);
UPDATE assessments SET claim_version = (SELECT version FROM claims WHERE id = assessments.claim_id)
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'assessments') AND claim_version = 1
    AND claim_id IN (SELECT id FROM claims WHERE version > 1);
