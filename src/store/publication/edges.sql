-- What sources draw on; people and the bodies they speak for are read apart.
SELECT a.key AS source, b.key AS origin, r.label AS how, r.whole_text AS whole
FROM source_origins AS e
JOIN origin_relations AS r ON r.code = e.relation
JOIN sources AS a ON a.id = e.source_id
JOIN sources AS b ON b.id = e.origin_id
WHERE e.relation <> 'speaks_for'
ORDER BY b.id, a.id, r.rank;
