-- The text of claim_counts over the claims whose kept rows no longer hold (outdated_weights). Written by a test
-- (BLESS=1 cargo test generated).
CREATE VIEW outdated_counts AS
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
  CAST(coalesce(o.took_back, 0) AS INTEGER) AS took_back,
  -- The keys of the origins, in order; ? marks one without a name. NULL when there is none.
  CAST(o.origin_keys AS TEXT) AS origin_keys
FROM outdated_weights AS c
LEFT JOIN (
  SELECT n.claim_id,
    sum(t.counts) AS mentions, sum(1 - t.counts) AS denials,
    count(DISTINCT CASE WHEN t.counts = 1 THEN coalesce(s.outlet, s.key) END) AS outlets,
    count(DISTINCT CASE WHEN t.counts = 1 THEN n.speaker_id END) AS speakers
  FROM outdated_weights AS c CROSS JOIN mentions AS n
  JOIN stances AS t ON t.code = n.stance JOIN sources AS s ON s.id = n.source_id
  WHERE n.claim_id = c.id
  GROUP BY n.claim_id
) AS m ON m.claim_id = c.id
LEFT JOIN (
  SELECT claim_id, count(1) AS origins, sum(is_unnamed) AS unnamed, sum(took_back) AS took_back,
    group_concat(CASE is_unnamed WHEN 1 THEN '?' || key ELSE key END, ', ') AS origin_keys
  FROM (
    SELECT e.claim_id, s.key, 1 - min(k.is_named) AS is_unnamed, max(e.took_back) AS took_back
    FROM outdated_ends AS e JOIN sources AS s ON s.id = e.origin_id JOIN source_kinds AS k ON k.code = s.kind
    GROUP BY e.claim_id, s.key ORDER BY e.claim_id, s.key
  ) AS origin
  GROUP BY claim_id
) AS o ON o.claim_id = c.id;
