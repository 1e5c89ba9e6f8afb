-- title: Claims that were taken back
-- question: Did an origin take back a claim whose status still counts it as reported or true?
SELECT CAST('claims' AS TEXT) AS table_name, c.key, CAST(CASE WHEN w.took_back = w.origins THEN 'every origin'
  ELSE w.took_back || ' of ' || w.origins || ' origins' END || ' took it back (' || w.origin_keys || '), and '
  || CASE w.outlets WHEN 1 THEN '1 outlet states it' ELSE w.outlets || ' outlets state it' END || '; its status is ' || c.status AS TEXT) AS finding
FROM claims AS c JOIN claim_weights AS w ON w.claim_id = c.id
WHERE c.withdrawn IS NULL AND w.took_back > 0 AND c.status IN ('unassessed', 'reported', 'corroborated', 'confirmed')
