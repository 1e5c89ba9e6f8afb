-- What the guards on new rows ask, asked of all rows that a bulk load added, in one walk through those
-- of each table. UNIQUE held for each row already, bulk_references.sql asks for the references, and
-- every value passed its CHECK or is known to pass it (constraints.rs); this is what triggers say, and the
-- CHECKs of several columns of a figure.
WITH since AS (SELECT name, id FROM bulk_since)
SELECT 'figure ' || key || ': ' || wrong AS what FROM (
  SELECT id, key, CASE
      WHEN low > high THEN 'its low is above its high'
      WHEN value < low THEN 'its value is below its low'
      WHEN value > high THEN 'its value is above its high'
      WHEN out_of_id = id THEN 'it is out of itself'
      WHEN value IS NULL AND low IS NULL AND high IS NULL THEN CASE
        WHEN qualifier NOT IN ('unknown', 'unquantified') AND qualifier NOT IN (
          SELECT code FROM qualifiers WHERE least IS NOT NULL OR most IS NOT NULL)
        THEN 'a number is needed, unless the qualifier is one that needs none' END
      WHEN qualifier IN ('none', 'unknown', 'unquantified')
        THEN 'its qualifier says that there is no number, and it has one'
      WHEN qualifier = 'between' AND (low IS NULL OR high IS NULL)
        THEN 'between needs both low and high'
      WHEN (value < 0 OR low < 0 OR high < 0) AND measure_id IN (
          SELECT m.id FROM measures AS m JOIN dimensions AS d ON d.code = m.dimension WHERE d.may_be_negative = 0)
        THEN 'what its measure counts is never below zero'
    END AS wrong
  FROM figures)
WHERE id > (SELECT id FROM since WHERE name = 'figures') AND wrong IS NOT NULL
UNION ALL
SELECT 'a verdict on ' || c.key || ': ' || a.status || ' means that there is no verdict; it cannot be given'
FROM assessments AS a JOIN claims AS c ON c.id = a.claim_id
WHERE a.id > (SELECT id FROM since WHERE name = 'assessments')
  AND a.status IN (SELECT code FROM statuses WHERE assignable = 0)
UNION ALL
SELECT 'a verdict on ' || c.key || ' is recorded twice'
-- CROSS keeps the order, and + leaves the index on the claim: a claim has few verdicts, the desk gave them all.
FROM assessments AS a
CROSS JOIN assessments AS o ON o.claim_id = a.claim_id AND +o.at = a.at AND o.id <> a.id
  AND +o.assessor_id = a.assessor_id AND +o.status = a.status AND o.because = a.because
CROSS JOIN claims AS c ON c.id = a.claim_id
WHERE a.id > (SELECT id FROM since WHERE name = 'assessments')
UNION ALL
SELECT 'the date ' || c.happened || ' of claim ' || c.key || ' has no days'
FROM claims AS c
WHERE c.id > (SELECT id FROM since WHERE name = 'claims')
  AND c.happened IS NOT NULL AND c.happened NOT IN (SELECT edtf FROM dates)
LIMIT 1;
