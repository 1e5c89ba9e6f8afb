-- Rows of the searched tables that the index does not know and nobody noted for it.
SELECT 'claims' AS t, key AS k FROM claims AS r
WHERE NOT EXISTS (SELECT 1 FROM claims_fts_docsize AS d WHERE d.id = r.id)
  AND NOT EXISTS (SELECT 1 FROM search_dirty AS n WHERE n.table_name = 'claims' AND n.row_id = r.id)
UNION ALL
SELECT 'sources', key FROM sources AS r
WHERE NOT EXISTS (SELECT 1 FROM sources_fts_docsize AS d WHERE d.id = r.id)
  AND NOT EXISTS (SELECT 1 FROM search_dirty AS n WHERE n.table_name = 'sources' AND n.row_id = r.id)
UNION ALL
SELECT 'locations', key FROM locations AS r
WHERE NOT EXISTS (SELECT 1 FROM locations_fts_docsize AS d WHERE d.id = r.id)
  AND NOT EXISTS (SELECT 1 FROM search_dirty AS n WHERE n.table_name = 'locations' AND n.row_id = r.id)
UNION ALL
SELECT 'location_names', name FROM location_names AS r
WHERE NOT EXISTS (SELECT 1 FROM location_names_fts_docsize AS d WHERE d.id = r.id)
  AND NOT EXISTS (SELECT 1 FROM search_dirty AS n WHERE n.table_name = 'location_names' AND n.row_id = r.id);
