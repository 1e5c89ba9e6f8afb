-- The source at an address. One page is one source and one origin, whatever it is titled; but kinds that
-- can speak (people, bodies) may share a page, so theirs says nothing.
SELECT s.key
FROM sources AS s JOIN source_kinds AS k ON k.code = s.kind
WHERE s.url = ?1 AND s.kind = ?2 AND NOT k.is_party
ORDER BY s.key LIMIT 1;
