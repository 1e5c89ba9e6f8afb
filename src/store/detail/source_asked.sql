-- The facts that people ask for: the day on which a document was published. People and bodies have none.
SELECT 'published' AS asked FROM sources AS s JOIN source_kinds AS k ON k.code = s.kind
WHERE s.key = :key AND k.is_party = 0;
