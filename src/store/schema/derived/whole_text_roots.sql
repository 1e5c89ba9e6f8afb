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
SELECT
  -- The source that takes the text over.
  source_id,
  -- The source that the text comes from in the end.
  root_id,
  -- The circle that the text lies in, named by its first source; 0 when it lies in none.
  CAST(circle_id AS INTEGER) AS circle_id
FROM root
WHERE source_id <> root_id OR circle_id > 0;
