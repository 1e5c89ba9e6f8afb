-- What the guards on new rows ask, asked of all rows that a bulk load added. CHECKs and UNIQUE held
-- for each row already, and bulk_references.sql asks for the references; this is what only triggers
-- say.
WITH since AS (SELECT name, id FROM bulk_since)
SELECT 'figure ' || f.key || ': a number is needed, unless the qualifier is one that needs none' AS what
FROM figures AS f JOIN qualifiers AS q ON q.code = f.qualifier
WHERE f.id > (SELECT id FROM since WHERE name = 'figures')
  AND f.value IS NULL AND f.low IS NULL AND f.high IS NULL
  AND NOT (q.least IS NOT NULL OR q.most IS NOT NULL OR q.code IN ('unknown', 'unquantified'))
UNION ALL
SELECT 'figure ' || f.key || ': its qualifier says that there is no number, and it has one'
FROM figures AS f
WHERE f.id > (SELECT id FROM since WHERE name = 'figures')
  AND f.qualifier IN ('none', 'unknown', 'unquantified')
  AND (f.value IS NOT NULL OR f.low IS NOT NULL OR f.high IS NOT NULL)
UNION ALL
SELECT 'figure ' || f.key || ': between needs both low and high'
FROM figures AS f
WHERE f.id > (SELECT id FROM since WHERE name = 'figures')
  AND f.qualifier = 'between' AND (f.low IS NULL OR f.high IS NULL)
UNION ALL
SELECT 'a verdict on ' || c.key || ': ' || a.status || ' means that there is no verdict; it cannot be given'
FROM assessments AS a JOIN statuses AS s ON s.code = a.status JOIN claims AS c ON c.id = a.claim_id
WHERE a.id > (SELECT id FROM since WHERE name = 'assessments') AND s.assignable = 0
UNION ALL
SELECT 'a verdict on ' || c.key || ' is recorded twice'
FROM assessments AS a
JOIN claims AS c ON c.id = a.claim_id
JOIN assessments AS o ON o.claim_id = a.claim_id AND o.at = a.at AND o.id <> a.id
  AND o.assessor_id = a.assessor_id AND o.status = a.status AND o.because = a.because
WHERE a.id > (SELECT id FROM since WHERE name = 'assessments')
UNION ALL
SELECT 'claim ' || c.key || ': its status was not unassessed when it was added'
FROM claims AS c
WHERE c.id > (SELECT id FROM since WHERE name = 'claims') AND c.status <> 'unassessed'
UNION ALL
SELECT 'the date ' || c.happened || ' of claim ' || c.key || ' has no days'
FROM claims AS c
WHERE c.id > (SELECT id FROM since WHERE name = 'claims')
  AND c.happened IS NOT NULL AND NOT EXISTS (SELECT 1 FROM dates WHERE edtf = c.happened)
LIMIT 1;
