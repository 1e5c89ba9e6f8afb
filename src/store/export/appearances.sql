-- The mentions that state a claim, the earliest document first.
SELECT d.key AS document, d.title AS document_title, d.url AS document_url, d.published,
  coalesce(m.said_on, d.published) AS said_on,
  p.kind, p.title, p.author, p.outlet, p.publisher, p.url
FROM mentions AS m
JOIN claims AS c ON c.id = m.claim_id
JOIN stances AS t ON t.code = m.stance AND t.counts = 1
JOIN sources AS d ON d.id = m.source_id
JOIN sources AS p ON p.id = coalesce(m.speaker_id, m.source_id)
WHERE c.key = :claim
ORDER BY d.published IS NULL, d.published, d.key, p.key
