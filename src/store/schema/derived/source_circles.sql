-- Whose word a claim rests on: independent origins, derived from mentions and from what sources
-- draw on. Many outlets that took a story from one another, or from one speaker, are one origin.
--
-- A chain begins at each document that states or bears out the claim. From a document it follows
-- every edge by which a whole text is taken over (origin_relations.whole_text), and an edge in part
-- only to a source that states this claim too. Where nothing is left to follow, the document
-- yields to whoever speaks in it, and the speaker to the body that it speaks for. A circle is one
-- origin. The views claim_voices, claim_ends and claim_counts say so step by step, for every claim from
-- nothing; the views outdated_… are the same text over the claims whose kept rows no longer hold.

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
SELECT
  -- The source.
  r.a AS source_id,
  -- The first source, by id, of the circle that it lies in.
  CAST(min(r.b) AS INTEGER) AS circle_id
FROM reach AS r JOIN reach AS back ON back.a = r.b AND back.b = r.a
GROUP BY r.a;
