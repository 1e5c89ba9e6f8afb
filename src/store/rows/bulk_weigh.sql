-- What the triggers on new rows note of kept weights, for all rows that a bulk load added. A new source has no
-- mention and no edge of old rows, but may be one work with old ones, of which the first by key counts.
INSERT OR IGNORE INTO outdated_sources (source_id)
  SELECT o.id FROM sources AS n JOIN sources AS o
    ON o.canonical = n.canonical OR o.canonical = n.canonical_identifier
      OR o.canonical_identifier = n.canonical OR o.canonical_identifier = n.canonical_identifier
  WHERE n.id > (SELECT id FROM bulk_since WHERE name = 'sources')
    AND +o.id <= (SELECT id FROM bulk_since WHERE name = 'sources');
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
