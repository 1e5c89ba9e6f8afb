-- Whose word a claim rests on: independent origins, derived from mentions and from what sources
-- draw on. Many outlets that took a story from one another, or from one speaker, are one origin.
--
-- A chain begins at each document that states or bears out the claim. From a document it follows
-- every edge by which a whole text is taken over (origin_relations.whole_text), and an edge in part
-- only to a source that states this claim too. Where nothing is left to follow, the document
-- yields to whoever speaks in it, and the speaker to the body that it speaks for. A circle is one
-- origin.

-- Sources that, through others, draw on themselves, and the circle they lie in.
-- An edge lies in a circle only if two more lead to it and two more lead on: the others are left out
-- first, so that ordinary chains cost next to nothing.
CREATE VIEW source_circles AS
WITH RECURSIVE edge(a, b) AS (
  SELECT e.source_id, e.origin_id FROM source_origins AS e
  WHERE e.relation <> 'speaks_for'
    AND EXISTS (
      SELECT 1 FROM source_origins AS o JOIN source_origins AS p ON p.source_id = o.origin_id
      WHERE o.source_id = e.origin_id AND o.relation <> 'speaks_for' AND p.relation <> 'speaks_for')
    AND EXISTS (
      SELECT 1 FROM source_origins AS o JOIN source_origins AS p ON p.origin_id = o.source_id
      WHERE o.origin_id = e.source_id AND o.relation <> 'speaks_for' AND p.relation <> 'speaks_for')
), reach(a, b) AS (
  SELECT a, b FROM edge
  UNION
  SELECT reach.a, edge.b FROM reach JOIN edge ON edge.a = reach.b
)
-- circle_id is the id of the first source in it.
SELECT r.a AS source_id, min(r.b) AS circle_id
FROM reach AS r JOIN reach AS back ON back.a = r.b AND back.b = r.a
GROUP BY r.a;

-- The texts that a source takes over whole, through however many others: those that are taken from
-- nowhere else, and the members of a circle, each of which is also a text of its own.
CREATE VIEW whole_text_roots AS
WITH RECURSIVE seed(id, circle_id) AS (
  SELECT DISTINCT e.origin_id, 0 FROM source_origins AS e
  WHERE EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1)
    AND NOT EXISTS (SELECT 1 FROM source_origins AS o WHERE o.source_id = e.origin_id
      AND EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = o.relation AND r.whole_text = 1))
  UNION ALL
  SELECT k.source_id, k.circle_id FROM source_circles AS k
), root(source_id, root_id, circle_id) AS (
  SELECT id, id, circle_id FROM seed
  UNION
  SELECT e.source_id, root.root_id, root.circle_id
  FROM root JOIN source_origins AS e ON e.origin_id = root.source_id
  WHERE EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1)
)
-- circle_id is 0 for a text that lies in no circle.
SELECT source_id, root_id, circle_id FROM root WHERE source_id <> root_id OR circle_id > 0;

-- Where the chains of a claim end, and who speaks there.
CREATE VIEW claim_voices AS
SELECT claim_id, end_id, voice_id FROM (
  -- A document of the claim that draws on nothing more for it; whoever speaks in it, else it.
  SELECT m.claim_id, m.source_id AS end_id, coalesce(m.speaker_id, m.source_id) AS voice_id
  FROM mentions AS m
  WHERE EXISTS (SELECT 1 FROM stances AS t WHERE t.code = m.stance AND t.counts = 1)
    AND NOT EXISTS (
      SELECT 1 FROM source_origins AS e
      WHERE e.source_id = m.source_id AND e.relation <> 'speaks_for'
        AND (EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1) OR EXISTS (
          SELECT 1 FROM mentions AS n
          WHERE n.claim_id = m.claim_id AND n.source_id = e.origin_id
            AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1))))
  UNION ALL
  -- A text that is taken over whole and does not mention the claim by itself. Who speaks in it is
  -- known from those who took it over.
  SELECT m.claim_id, w.root_id, coalesce(m.speaker_id, (
      SELECT min(o.speaker_id)
      FROM mentions AS o JOIN whole_text_roots AS v ON v.source_id = o.source_id
      WHERE o.claim_id = m.claim_id AND v.root_id = w.root_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = o.stance AND t.counts = 1)), w.root_id)
  FROM mentions AS m JOIN whole_text_roots AS w ON w.source_id = m.source_id
  WHERE w.source_id <> w.root_id AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = m.stance AND t.counts = 1)
    AND NOT EXISTS (
      SELECT 1 FROM mentions AS n
      WHERE n.claim_id = m.claim_id AND n.source_id = w.root_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1))
    AND NOT EXISTS (
      SELECT 1 FROM source_origins AS e
      WHERE e.source_id = w.root_id AND e.relation <> 'speaks_for'
        AND (EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1) OR EXISTS (
          SELECT 1 FROM mentions AS n
          WHERE n.claim_id = m.claim_id AND n.source_id = e.origin_id
            AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1))))
  UNION ALL
  -- A circle that the claim's chains run into and do not leave: one origin, whoever speaks there.
  SELECT claim_id, min(root_id), coalesce(min(speaker_id), min(root_id))
  FROM (
    SELECT claim_id, circle_id, root_id,
      min(speaker_id) AS speaker_id, max(goes_round) AS goes_round, max(leaves) AS leaves
    FROM (
      SELECT m.claim_id, w.circle_id, w.root_id, m.speaker_id, 0 AS goes_round, 0 AS leaves
      FROM whole_text_roots AS w CROSS JOIN mentions AS m
      WHERE w.circle_id > 0 AND m.source_id = w.source_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = m.stance AND t.counts = 1)
      UNION ALL
      SELECT m.claim_id, w.circle_id, w.root_id, NULL,
        CASE WHEN k.circle_id = w.circle_id THEN 1 ELSE 0 END,
        CASE WHEN ifnull(k.circle_id, 0) <> w.circle_id THEN 1 ELSE 0 END
      FROM whole_text_roots AS w CROSS JOIN mentions AS m CROSS JOIN source_origins AS e
      LEFT JOIN source_circles AS k ON k.source_id = e.origin_id
      WHERE w.circle_id > 0 AND m.source_id = w.source_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = m.stance AND t.counts = 1)
        AND e.source_id = w.root_id AND e.relation <> 'speaks_for'
        AND (EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1) OR EXISTS (
          SELECT 1 FROM mentions AS n
          WHERE n.claim_id = m.claim_id AND n.source_id = e.origin_id
            AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1)))
    ) AS step
    GROUP BY claim_id, circle_id, root_id
  ) AS text_of
  GROUP BY claim_id, circle_id
  HAVING min(goes_round) = 1 AND max(leaves) = 0
) AS chain_end;

-- Serves the question whether an origin took a claim back.
CREATE INDEX mentions_retracting ON mentions (claim_id) WHERE stance = 'retracts';

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
  SELECT v.claim_id, v.end_id, v.voice_id, coalesce((
      SELECT min(e.origin_id) FROM source_origins AS e
      WHERE e.source_id = v.voice_id AND e.relation = 'speaks_for'), v.voice_id) AS origin_id
  FROM claim_voices AS v
) AS spoken;

-- The independent origins of each claim, once each.
CREATE VIEW claim_origins AS
SELECT claim_id, origin_id, max(took_back) AS took_back
FROM claim_ends
GROUP BY claim_id, origin_id;

-- How many origins a claim has. Claims that nobody states or bears out have no row.
CREATE VIEW claim_origin_counts AS
SELECT e.claim_id,
  -- Independent origins, the unnamed ones among them.
  count(DISTINCT e.origin_id) AS origins,
  -- Of these, known by a description only ("a security source").
  count(DISTINCT CASE WHEN k.is_named = 0 THEN e.origin_id END) AS unnamed,
  -- Of these, those that took the claim back.
  count(DISTINCT CASE WHEN e.took_back = 1 THEN e.origin_id END) AS took_back,
  -- Their keys; ? marks one without a name.
  replace(group_concat(DISTINCT CASE WHEN k.is_named = 0 THEN '?' || s.key ELSE s.key END), ',', ', ') AS origin_keys
FROM claim_ends AS e JOIN sources AS s ON s.id = e.origin_id JOIN source_kinds AS k ON k.code = s.kind
GROUP BY e.claim_id;

-- The verdict of each assessor that holds: the latest, by time and then by order of recording.
CREATE VIEW assessor_verdicts AS
SELECT a.claim_id, a.assessor_id, a.id AS assessment_id, a.status, a.at
FROM assessments AS a
WHERE NOT EXISTS (
  SELECT 1 FROM assessments AS later
  WHERE later.claim_id = a.claim_id AND +later.assessor_id = a.assessor_id
    AND (later.at > a.at OR (later.at = a.at AND later.id > a.id)));

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
  CAST(coalesce(o.took_back, 0) AS INTEGER) AS took_back,
  -- Their keys; ? marks one without a name; NULL when there is none.
  o.origin_keys
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
