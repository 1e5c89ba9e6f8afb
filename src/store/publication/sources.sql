-- Every source with its latest grade.
SELECT s.key, k.label AS kind, k.is_party, k.is_named, s.title, s.author, s.outlet, s.published, s.language,
  s.url, s.archived_url, s.note, g.reliability, r.label AS grade, g.because
FROM sources AS s
JOIN source_kinds AS k ON k.code = s.kind
LEFT JOIN source_grades AS g ON g.id = (
  SELECT n.id FROM source_grades AS n WHERE n.source_id = s.id ORDER BY n.at DESC, n.id DESC LIMIT 1)
LEFT JOIN reliabilities AS r ON r.code = g.reliability
ORDER BY s.id;
