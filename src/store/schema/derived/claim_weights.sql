-- What stands behind each claim, counted: as it is kept, or anew where what is kept no longer holds.
CREATE VIEW claim_weights AS
SELECT
  -- The claim.
  c.id AS claim_id,
  -- Times that a source states it or bears it out.
  CAST(CASE WHEN n.claim_id IS NULL THEN k.mentions ELSE n.mentions END AS INTEGER) AS mentions,
  -- Times that a source disputes it, denies it or takes it back.
  CAST(CASE WHEN n.claim_id IS NULL THEN k.denials ELSE n.denials END AS INTEGER) AS denials,
  -- Outlets that state it; a source without an outlet stands for itself.
  CAST(CASE WHEN n.claim_id IS NULL THEN k.outlets ELSE n.outlets END AS INTEGER) AS outlets,
  -- Speakers, named or not, who state it.
  CAST(CASE WHEN n.claim_id IS NULL THEN k.speakers ELSE n.speakers END AS INTEGER) AS speakers,
  -- Independent origins, those without a name among them.
  CAST(CASE WHEN n.claim_id IS NULL THEN k.origins ELSE n.origins END AS INTEGER) AS origins,
  -- Of these, known by a description only ("a security source").
  CAST(CASE WHEN n.claim_id IS NULL THEN k.unnamed ELSE n.unnamed END AS INTEGER) AS unnamed,
  -- Of the origins, those that took it back.
  CAST(CASE WHEN n.claim_id IS NULL THEN k.took_back ELSE n.took_back END AS INTEGER) AS took_back,
  -- The keys of the origins, in order; ? marks one without a name. NULL when there is none.
  CAST(CASE WHEN n.claim_id IS NULL THEN (
    SELECT group_concat(origin_key, ', ') FROM (
      SELECT CASE WHEN s.kind IN (SELECT code FROM source_kinds WHERE is_named = 0) THEN '?' || s.key ELSE s.key END AS origin_key
      FROM kept_origins AS o JOIN sources AS s ON s.id = o.origin_id
      WHERE o.claim_id = c.id ORDER BY s.key) AS listed)
    ELSE n.origin_keys END AS TEXT) AS origin_keys
FROM claims AS c
LEFT JOIN kept_weights AS k ON k.claim_id = c.id
LEFT JOIN outdated_counts AS n ON n.claim_id = c.id;
