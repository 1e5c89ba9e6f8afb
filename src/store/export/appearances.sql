-- The mentions that state a claim, the earliest document first. The columns of the speaker are NULL where the
-- document speaks for itself.
SELECT d.title AS document_title, d.url AS document_url, d.published,
  d.author AS document_author, coalesce(d.outlet, d.publisher) AS document_outlet,
  coalesce(m.said_on, d.published) AS said_on,
  p.kind, n.is_named, p.title, p.author, coalesce(p.outlet, p.publisher) AS outlet, p.url
FROM mentions AS m
JOIN claims AS c ON c.id = m.claim_id
JOIN stances AS t ON t.code = m.stance AND t.counts = 1
JOIN sources AS d ON d.id = m.source_id
LEFT JOIN sources AS p ON p.id = m.speaker_id
LEFT JOIN source_kinds AS n ON n.code = p.kind
WHERE c.key = :claim
ORDER BY d.published IS NULL, d.published, d.key, p.key
