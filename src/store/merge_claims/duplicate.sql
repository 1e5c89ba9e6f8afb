-- Links the one claim to the other as its duplicate, with the reason.
INSERT INTO claim_links (from_id, relation, to_id, note)
SELECT f.id, 'duplicates', t.id, :because
FROM claims AS f JOIN claims AS t ON t.key = :into
WHERE f.key = :from AND NOT EXISTS (
  SELECT 1 FROM claim_links AS o WHERE o.from_id = f.id AND o.relation = 'duplicates' AND o.to_id = t.id);
