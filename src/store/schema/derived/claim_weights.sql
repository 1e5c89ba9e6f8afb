-- What stands behind each claim, counted.
CREATE VIEW claim_weights AS
SELECT
  -- The claim.
  c.id AS claim_id,
  -- Times that a source states it or bears it out.
  CAST(coalesce(m.mentions, 0) AS INTEGER) AS mentions,
  -- Times that a source disputes it, denies it or takes it back.
  CAST(coalesce(m.denials, 0) AS INTEGER) AS denials,
  -- Outlets that state it; a source without an outlet stands for itself.
  CAST(coalesce(m.outlets, 0) AS INTEGER) AS outlets,
  -- Speakers, named or not, who state it.
  CAST(coalesce(m.speakers, 0) AS INTEGER) AS speakers,
  -- Independent origins, those without a name among them.
  CAST(coalesce(o.origins, 0) AS INTEGER) AS origins,
  -- Of these, known by a description only ("a security source").
  CAST(coalesce(o.unnamed, 0) AS INTEGER) AS unnamed,
  -- Of the origins, those that took it back.
  CAST(coalesce(o.took_back, 0) AS INTEGER) AS took_back
FROM claims AS c
LEFT JOIN (
  SELECT n.claim_id,
    sum(t.counts) AS mentions, sum(1 - t.counts) AS denials,
    count(DISTINCT CASE WHEN t.counts = 1 THEN coalesce(s.outlet, s.key) END) AS outlets,
    count(DISTINCT CASE WHEN t.counts = 1 THEN n.speaker_id END) AS speakers
  FROM mentions AS n JOIN stances AS t ON t.code = n.stance JOIN sources AS s ON s.id = n.source_id
  GROUP BY n.claim_id
) AS m ON m.claim_id = c.id
LEFT JOIN claim_origin_counts AS o ON o.claim_id = c.id;
