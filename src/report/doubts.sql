-- title: Doubts
-- question: What breaks no rule, and should someone look at? (onrecord check --doubts also reads numbers in words and compares names.)
-- column check: The check that raises the doubt.
-- column table_name: The table of the row in doubt.
-- column key: Key of that row.
-- column finding: What is doubtful about it.
-- show: check, table_name, key, finding
-- example: --where check=same-names
-- example: --where table_name=figures
-- example: --wide
SELECT CAST(d.check_name AS TEXT) AS "check", CAST(d.table_name AS TEXT) AS table_name, d.key, CAST(d.finding AS TEXT) AS finding
FROM (
  SELECT 'parts-of-wholes' AS check_name, table_name, key, finding FROM check_parts_of_wholes
  UNION ALL SELECT 'strange-dates', table_name, key, finding FROM check_strange_dates
  UNION ALL SELECT 'far-places', table_name, key, finding FROM check_far_places
  UNION ALL SELECT 'misattributed', table_name, key, finding FROM check_misattributed
  UNION ALL SELECT 'large-shares', table_name, key, finding FROM check_large_shares
  UNION ALL SELECT 'tied-verdicts', table_name, key, finding FROM check_tied_verdicts
  UNION ALL SELECT 'weak-evidence', table_name, key, finding FROM check_weak_evidence
  UNION ALL SELECT 'same-names', table_name, key, finding FROM check_same_names
) AS d
WHERE NOT EXISTS (
  SELECT 1 FROM accepted_doubts AS a
  WHERE a.check_name = d.check_name AND a.table_name = d.table_name AND a.row_key = d.key AND a.finding = d.finding
    AND NOT EXISTS (SELECT 1 FROM revisions AS r
      WHERE r.table_name = a.table_name AND r.row_key = a.row_key AND r.id > coalesce(a.revision_id, 0)))
ORDER BY d.check_name, d.key, d.finding
