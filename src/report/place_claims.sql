-- title: Claims of a place
-- question: What is claimed in a place, the places inside it included? (--where place=KEY)
-- column place: Key of the place asked about.
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column said_of: The place that the claim names: this one or one inside it.
-- column relation: How the claim lies to that place; near and toward do not count for places around it.
-- column happened: When it happened or held, as stated (EDTF).
-- column status: The current verdict.
-- column origins: Its independent origins.
-- column sources: The sources that mention it.
-- words relation: place_relations.code
-- exact: place
-- list sources: claim
-- order: place, ...
-- show: place, claim, text, status
-- example: --where place=KEY
-- example: --where "happened=2021-06"
-- example: --where relation=near,toward
SELECT p.key AS place, c.key AS claim, c.text, l.key AS said_of, cl.relation, c.happened, c.status,
  w.origins,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
    WHERE n.claim_id = c.id ORDER BY s.key) AS listed) AS TEXT) AS sources
-- CROSS keeps the order: the question for one place reads its claims alone.
FROM locations AS p CROSS JOIN locations AS l CROSS JOIN claim_locations AS cl
JOIN place_relations AS r ON r.code = cl.relation
JOIN claims AS c ON c.id = cl.claim_id
JOIN claim_weights AS w ON w.claim_id = c.id
-- Each place is walked down by itself: all pairs of a place and one inside it are too many where they nest deep. For
-- one that lies deep inside others, the places inside it that claims name are looked up.
WHERE l.id IN (
    WITH RECURSIVE inside(id, is_walked) AS (
      SELECT p.id, CASE WHEN EXISTS (SELECT 1 FROM deep_places AS d WHERE d.location_id = p.id) THEN 0 ELSE 1 END
      UNION
      SELECT n.location_id, 0 FROM deep_places AS d CROSS JOIN claim_locations AS n WHERE d.location_id = p.id
        AND (d.location_id, n.location_id) IN (SELECT i.location_id, i.inside_id FROM claimed_places_inside AS i)
      UNION
      SELECT n.id, 1 FROM inside CROSS JOIN locations AS n WHERE inside.is_walked = 1 AND n.within_id = inside.id
    )
    SELECT id FROM inside)
  AND cl.location_id = l.id AND c.withdrawn IS NULL AND (r.counts_upward = 1 OR l.id = p.id)
ORDER BY p.key, c.id, l.key
