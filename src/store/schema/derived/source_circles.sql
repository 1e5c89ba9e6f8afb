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
-- Each circle has a source with a way back to itself through later ones alone, by id: in a chain in the order of its
-- sources, however long, none has an edge to a later one and an edge from one.
CREATE VIEW source_circles AS
WITH RECURSIVE first(id) AS (
  SELECT s.id FROM sources AS s
  -- CASE keeps the order of the tests.
  WHERE CASE
    WHEN NOT EXISTS (SELECT 1 FROM source_origins AS o
      WHERE o.source_id = s.id AND o.relation <> 'speaks_for' AND +o.origin_id > s.id) THEN 0
    WHEN NOT EXISTS (SELECT 1 FROM source_origins AS o
      WHERE o.origin_id = s.id AND o.relation <> 'speaks_for' AND +o.source_id > s.id) THEN 0
    WHEN EXISTS (
      WITH RECURSIVE later(id) AS (
        SELECT e.origin_id FROM source_origins AS e
        WHERE e.source_id = s.id AND e.relation <> 'speaks_for' AND e.origin_id >= s.id
        UNION
        SELECT e.origin_id FROM later CROSS JOIN source_origins AS e
        WHERE e.source_id = later.id AND e.relation <> 'speaks_for' AND e.origin_id >= s.id
      )
      SELECT 1 FROM later WHERE later.id = s.id) THEN 1
    ELSE 0 END = 1
), onward(first_id, id) AS (
  SELECT id, id FROM first
  UNION
  SELECT onward.first_id, e.origin_id FROM onward CROSS JOIN source_origins AS e
  WHERE e.source_id = onward.id AND e.relation <> 'speaks_for'
), back(first_id, id) AS (
  SELECT id, id FROM first
  UNION
  SELECT back.first_id, e.source_id FROM back CROSS JOIN source_origins AS e
  WHERE e.origin_id = back.id AND e.relation <> 'speaks_for'
)
SELECT
  -- The source.
  onward.id AS source_id,
  -- The first source, by id, of the circle that it lies in.
  CAST(min(onward.first_id) AS INTEGER) AS circle_id
FROM onward JOIN back ON back.first_id = onward.first_id AND back.id = onward.id
GROUP BY onward.id;
