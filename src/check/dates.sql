-- title: Dates that cannot be read
-- question: Is every date a date of the EDTF profile, with the days that follow from it?
SELECT CAST(held.table_name AS TEXT) AS table_name, held.key, CAST(held.column_name || ' holds ' || held.edtf || ', which '
  || CASE WHEN p.id IS NULL THEN 'no trigger has read; the guards were off when it was written'
    WHEN p.earliest IS NULL AND p.latest IS NULL THEN 'is not a date'
    WHEN coalesce(p.earliest, '') <> coalesce(d.earliest, '') OR coalesce(p.latest, '') <> coalesce(d.latest, '') THEN 'stands for other days than dates says'
    ELSE 'has other marks of doubt than dates says' END AS TEXT) AS finding
FROM (
  SELECT 'claims' AS table_name, key, 'happened' AS column_name, happened AS edtf FROM claims
  UNION ALL SELECT 'claims', key, 'due', due FROM claims
  UNION ALL SELECT 'sources', key, 'published', published FROM sources
  UNION ALL SELECT 'sources', key, 'retrieved', retrieved FROM sources
  UNION ALL SELECT 'figures', key, 'as_of', as_of FROM figures
  UNION ALL SELECT 'measures', key, 'starts', starts FROM measures
  UNION ALL SELECT 'mentions', c.key, 'said_on', m.said_on FROM mentions AS m JOIN claims AS c ON c.id = m.claim_id
) AS held
LEFT JOIN dates AS d ON d.edtf = held.edtf
LEFT JOIN dates_parsed AS p ON p.id = d.id
WHERE held.edtf IS NOT NULL AND (p.id IS NULL OR (p.earliest IS NULL AND p.latest IS NULL)
  OR coalesce(p.earliest, '') <> coalesce(d.earliest, '') OR coalesce(p.latest, '') <> coalesce(d.latest, '')
  OR d.uncertain <> CASE WHEN instr(d.edtf, '?') + instr(d.edtf, '%') > 0 THEN 1 ELSE 0 END
  OR d.approximate <> CASE WHEN instr(d.edtf, '~') + instr(d.edtf, '%') > 0 THEN 1 ELSE 0 END)
