-- Copies the places that the other claim lacks.
INSERT INTO claim_locations (claim_id, location_id, relation, words, note)
SELECT t.id, p.location_id, p.relation, p.words, p.note
FROM claim_locations AS p JOIN claims AS f ON f.id = p.claim_id JOIN claims AS t ON t.key = :into
WHERE f.key = :from AND NOT EXISTS (
  SELECT 1 FROM claim_locations AS o
  WHERE o.claim_id = t.id AND o.location_id = p.location_id AND o.relation = p.relation)
ORDER BY p.id;
