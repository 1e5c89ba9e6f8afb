-- title: Gaps in the record
-- question: What is still missing: dates, places, speakers, second sources, captured copies?
-- column gap: What is missing.
-- column kind: claim or source.
-- column claim: Key of the claim that lacks it; not stated where a source does.
-- column source: Key of the source that lacks it; not stated where a claim does.
-- column text: Its text or title.
-- words kind: claim, source
-- show: gap, claim, source, text
-- example: --where "gap=no second source"
-- example: --where claim=KEY
-- example: --chart
-- chart: bars count by gap
SELECT gap, kind, claim, source, text
FROM (
  -- The keys stand in each part, so that the question for one claim reaches its rows.
  SELECT 0 AS rank, CAST('no source' AS TEXT) AS gap, CAST('claim' AS TEXT) AS kind, c.key AS claim, CAST(NULL AS TEXT) AS source,
    c.text, c.id
  FROM claims AS c
  WHERE c.withdrawn IS NULL AND NOT EXISTS (SELECT 1 FROM mentions AS m WHERE m.claim_id = c.id)
  UNION ALL
  SELECT 1, CAST('no date' AS TEXT), CAST('claim' AS TEXT), c.key, CAST(NULL AS TEXT), c.text, c.id
  FROM claims AS c WHERE c.happened IS NULL AND c.due IS NULL AND c.withdrawn IS NULL
  UNION ALL
  SELECT 2, CAST('no place' AS TEXT), CAST('claim' AS TEXT), c.key, CAST(NULL AS TEXT), c.text, c.id
  FROM claims AS c
  WHERE c.withdrawn IS NULL AND NOT EXISTS (SELECT 1 FROM claim_locations AS cl WHERE cl.claim_id = c.id)
  UNION ALL
  SELECT 3, CAST('no speaker' AS TEXT), CAST('claim' AS TEXT), c.key, CAST(NULL AS TEXT), c.text, c.id
  FROM claims AS c
  WHERE c.withdrawn IS NULL
    AND NOT EXISTS (SELECT 1 FROM mentions AS m WHERE m.claim_id = c.id AND m.speaker_id IS NOT NULL)
  UNION ALL
  SELECT 4, CAST('no second source' AS TEXT), CAST('claim' AS TEXT), c.key, CAST(NULL AS TEXT), c.text, c.id
  FROM claims AS c
  WHERE c.withdrawn IS NULL
    AND (SELECT count(DISTINCT m.source_id) FROM mentions AS m WHERE m.claim_id = c.id) < 2
  UNION ALL
  SELECT 5, CAST('no captured copy' AS TEXT), CAST('source' AS TEXT), CAST(NULL AS TEXT), s.key, s.title, s.id
  FROM sources AS s JOIN source_kinds AS k ON k.code = s.kind
  WHERE k.is_party = 0 AND NOT EXISTS (SELECT 1 FROM captures AS p WHERE p.source_id = s.id)
) AS missing
ORDER BY rank, id
