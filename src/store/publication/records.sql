-- How many claims each source states, as the document or as who speaks there, by their status.
SELECT s.key, told.status, count(1) AS claims
FROM (
  SELECT m.source_id AS id, c.id AS claim_id, c.status
  FROM mentions AS m JOIN claims AS c ON c.id = m.claim_id JOIN stances AS t ON t.code = m.stance
  WHERE t.counts = 1 AND c.withdrawn IS NULL
  UNION
  SELECT m.speaker_id, c.id, c.status
  FROM mentions AS m JOIN claims AS c ON c.id = m.claim_id JOIN stances AS t ON t.code = m.stance
  WHERE t.counts = 1 AND c.withdrawn IS NULL AND m.speaker_id IS NOT NULL
) AS told
JOIN sources AS s ON s.id = told.id
JOIN statuses AS w ON w.code = told.status
GROUP BY s.id, told.status
ORDER BY s.id, w.rank;
