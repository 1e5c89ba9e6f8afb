-- The source of a work, by the canonical form of its address or identifier. One page is one source and one
-- origin, whatever it is titled and whatever kind it is said to be; but kinds that can speak (people, bodies)
-- may share a page, so theirs says nothing.
SELECT s.key
FROM sources AS s JOIN source_kinds AS k ON k.code = s.kind
WHERE (s.canonical IN (?1, ?2) OR s.canonical_identifier IN (?1, ?2)) AND NOT k.is_party
ORDER BY s.key LIMIT 1;
