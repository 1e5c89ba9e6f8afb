-- What the triggers on new rows note of kept weights, for all rows that a bulk load added. A new source has no
-- mention and no edge of old rows, and its canonical forms come with an update, whose trigger stays.
INSERT OR IGNORE INTO outdated_claims (claim_id)
  SELECT id FROM claims WHERE id > (SELECT id FROM bulk_since WHERE name = 'claims');
INSERT OR IGNORE INTO outdated_claims (claim_id)
  SELECT claim_id FROM mentions
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'mentions')
    AND claim_id <= (SELECT id FROM bulk_since WHERE name = 'claims');
INSERT OR IGNORE INTO outdated_sources (source_id)
  SELECT source_id FROM source_origins
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'source_origins')
    AND source_id <= (SELECT id FROM bulk_since WHERE name = 'sources');
INSERT OR IGNORE INTO outdated_sources (source_id)
  SELECT origin_id FROM source_origins
  WHERE id > (SELECT id FROM bulk_since WHERE name = 'source_origins') AND relation = 'revises'
    AND origin_id <= (SELECT id FROM bulk_since WHERE name = 'sources');
