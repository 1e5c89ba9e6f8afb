-- What a claim's weight may take from the sources of a range. Only a source with an address or an identifier can be
-- the same work as another.
SELECT s.id, s.key, s.outlet, k.is_named,
  CASE WHEN s.canonical IS NOT NULL OR s.canonical_identifier IS NOT NULL OR s.folded IS NULL
    THEN (SELECT w.work_id FROM same_works AS w WHERE w.source_id = s.id) END AS work_id
FROM sources AS s JOIN source_kinds AS k ON k.code = s.kind
WHERE s.id BETWEEN ?1 AND ?2;
