-- Origins counted without being named, which costs as much again: the views of V18 that count them,
-- once more, with the names in a view of their own. In a file of a million claims the counts take half
-- the time.
DROP VIEW claim_weights;
DROP VIEW claim_origin_counts;
DROP VIEW claim_ends;

-- The end of each chain of a claim with the origin there: the voice, or the body that it speaks for
-- (the first in the file, where there are several: one voice is one origin).
CREATE VIEW claim_ends AS
SELECT claim_id, end_id, voice_id, origin_id,
  -- 1 when the origin took the claim back: the end of the chain, the voice there or its body, or a
  -- source that the end drew on and that now only takes back what it said; else 0.
  CASE WHEN EXISTS (
    SELECT 1 FROM mentions AS m
    WHERE m.claim_id = spoken.claim_id AND m.stance = 'retracts'
      AND (m.source_id IN (spoken.end_id, spoken.voice_id, spoken.origin_id)
        OR m.speaker_id IN (spoken.voice_id, spoken.origin_id)
        OR EXISTS (SELECT 1 FROM source_origins AS e
          WHERE e.source_id = spoken.end_id AND e.origin_id = m.source_id AND e.relation <> 'speaks_for'))) THEN 1 ELSE 0 END AS took_back
FROM (
  SELECT v.claim_id, v.end_id, v.voice_id, coalesce(b.body_id, v.voice_id) AS origin_id
  FROM claim_voices AS v
  LEFT JOIN (
    SELECT e.source_id, min(e.origin_id) AS body_id FROM source_origins AS e
    WHERE e.relation = 'speaks_for' GROUP BY e.source_id
  ) AS b ON b.source_id = v.voice_id
) AS spoken;

-- How many origins a claim has. Claims that nobody states or bears out have no row.
CREATE VIEW claim_origin_counts AS
SELECT e.claim_id,
  -- Independent origins, the unnamed ones among them.
  count(DISTINCT e.origin_id) AS origins,
  -- Of these, known by a description only ("a security source").
  count(DISTINCT u.id) AS unnamed,
  -- Of these, those that took the claim back.
  count(DISTINCT CASE WHEN e.took_back = 1 THEN e.origin_id END) AS took_back
FROM claim_ends AS e
LEFT JOIN (
  SELECT s.id FROM sources AS s JOIN source_kinds AS k ON k.code = s.kind WHERE k.is_named = 0
) AS u ON u.id = e.origin_id
GROUP BY e.claim_id;

-- Which origins a claim has; apart from the counts, since naming them costs as much again.
CREATE VIEW claim_origin_keys AS
SELECT e.claim_id,
  -- Their keys; ? marks one without a name.
  replace(group_concat(DISTINCT CASE WHEN k.is_named = 0 THEN '?' || s.key ELSE s.key END), ',', ', ') AS origin_keys
FROM claim_ends AS e JOIN sources AS s ON s.id = e.origin_id JOIN source_kinds AS k ON k.code = s.kind
GROUP BY e.claim_id;

-- What stands behind each claim, counted.
CREATE VIEW claim_weights AS
SELECT c.id AS claim_id,
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
