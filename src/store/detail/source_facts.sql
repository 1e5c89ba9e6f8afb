-- A source, with its latest grade.
SELECT s.title, s.kind, s.author, s.outlet, s.publisher, s.published, s.language, s.url,
  s.archived_url, s.identifier, s.retrieved, s.rights, s.sha256,
  (SELECT g.reliability || ' (' || r.label || ')' FROM source_grades AS g
    JOIN reliabilities AS r ON r.code = g.reliability
    WHERE g.source_id = s.id ORDER BY g.at DESC, g.id DESC LIMIT 1) AS reliability, s.note
FROM sources AS s
WHERE s.key = :key;
