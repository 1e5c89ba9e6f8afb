-- Copies the links of one claim to the other, except links to that claim itself.
INSERT INTO claim_links (from_id, relation, to_id, note)
SELECT n.from_id, n.relation, n.to_id, n.note
FROM (
  SELECT l.id, CASE l.from_id WHEN f.id THEN t.id ELSE l.from_id END AS from_id, l.relation,
    CASE l.to_id WHEN f.id THEN t.id ELSE l.to_id END AS to_id, l.note
  FROM claims AS f JOIN claims AS t ON t.key = :into
  JOIN claim_links AS l ON l.from_id = f.id OR l.to_id = f.id
  WHERE f.key = :from
) AS n
WHERE n.from_id <> n.to_id AND NOT EXISTS (
  SELECT 1 FROM claim_links AS o
  WHERE o.from_id = n.from_id AND o.relation = n.relation AND o.to_id = n.to_id)
ORDER BY n.id;
