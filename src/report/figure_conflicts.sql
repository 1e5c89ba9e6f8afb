-- title: Figures that disagree
-- question: Which numbers for the same thing cannot both be right, and which were never compared?
-- column finding: likely transcription slip; conflict; possible conflict, where times or the event are only likely the same; revision, where one voice said both; or not compared.
-- column measure: What is counted.
-- column number: The smaller number with how exact it is, its unit and its time.
-- column other_number: The larger one.
-- column numbers: Both numbers, the smaller one first; or how many figures were not compared, and why.
-- column gap: Lower bound of the larger number divided by the upper bound of the smaller.
-- column why: What makes them comparable, or what looks like a slip; or why figures were not compared.
-- column claim: Key of the claim with the smaller number.
-- column status: The current verdict on it.
-- column origins: Its independent origins.
-- column sources: The sources that mention it.
-- column other_claim: Key of the claim with the larger number.
-- column other_status: The current verdict on it.
-- column other_origins: Its independent origins.
-- column other_sources: The sources that mention it.
-- column figures: Figures in the row: two, or how many were not compared.
-- list sources: claim
-- list other_sources: other_claim
-- show: finding, measure, claim, other_claim, numbers
-- example: --where finding=conflict
-- example: --order -gap
-- example: --record --where measure=KEY
SELECT finding, measure, number, other_number,
  CAST(CASE WHEN number IS NOT NULL THEN number || ' against ' || other_number
    ELSE figures || CASE figures WHEN 1 THEN ' figure: ' ELSE ' figures: ' END || why END AS TEXT) AS numbers, gap, CAST(why AS TEXT) AS why,
  claim, status, origins, CAST(sources AS TEXT) AS sources,
  other_claim, other_status, other_origins, CAST(other_sources AS TEXT) AS other_sources,
  CAST(figures AS INTEGER) AS figures
FROM (
  SELECT p.finding, m.key AS measure, wa.words AS number, wb.words AS other_number, p.gap,
    p.why,
    ca.key AS claim, ca.status,
    oa.origins,
    (SELECT group_concat(key, ', ') FROM (
      SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
      WHERE n.claim_id = ca.id ORDER BY s.key) AS listed) AS sources,
    cb.key AS other_claim, cb.status AS other_status,
    ob.origins AS other_origins,
    (SELECT group_concat(key, ', ') FROM (
      SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
      WHERE n.claim_id = cb.id ORDER BY s.key) AS listed) AS other_sources,
    2 AS figures, a.id AS first_id, b.id AS second_id
  -- What is asked by key stands before the conflicts, whose joins have an order that nothing crosses from the right.
  FROM measures AS m JOIN figures AS a ON a.measure_id = m.id JOIN claims AS ca ON ca.id = a.claim_id
  JOIN figure_conflict_reasons AS p ON p.figure_a = a.id
  JOIN figures AS b ON b.id = p.figure_b
  JOIN figure_words AS wa ON wa.figure_id = a.id JOIN figure_words AS wb ON wb.figure_id = b.id
  JOIN claims AS cb ON cb.id = b.claim_id
  JOIN claim_weights AS oa ON oa.claim_id = a.claim_id JOIN claim_weights AS ob ON ob.claim_id = b.claim_id
  UNION ALL
  SELECT 'not compared', m.key, NULL, NULL, NULL, u.why, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    count(1), min(u.figure_id), m.id
  FROM (
    SELECT f.figure_id, f.measure_id, CASE
      WHEN f.hindrance IS NULL AND EXISTS (SELECT 1 FROM kept_figures AS o
        WHERE o.measure_id = f.measure_id AND o.unit = f.unit AND o.since = f.since AND o.is_comparable = 1
          AND o.figure_id <> f.figure_id)
      THEN CASE
        WHEN f.growth = 'per_event'
          THEN CASE WHEN NOT EXISTS (SELECT 1 FROM same_event_figures AS e WHERE e.figure_id = f.figure_id)
            THEN 'no other is of the same event' END
        -- Those of one period lie side by side, and those that begin while a level holds come right after it.
        WHEN f.growth = 'per_period' AND NOT EXISTS (
          SELECT 1 FROM kept_figures AS o
          WHERE o.measure_id = f.measure_id AND o.unit = f.unit AND o.since = f.since AND o.is_comparable = 1
            AND o.time_key > f.first_day || ' ' || f.last_day || ' ' AND o.time_key < f.first_day || ' ' || f.last_day || '!'
            AND o.figure_id <> f.figure_id)
          THEN 'no other is for the same period'
        WHEN f.growth = 'level' AND NOT EXISTS (
          SELECT 1 FROM kept_figures AS o
          WHERE o.measure_id = f.measure_id AND o.unit = f.unit AND o.since = f.since AND o.is_comparable = 1
            AND o.time_key > f.first_day AND o.time_key < f.last_day || '!' AND o.figure_id <> f.figure_id)
          AND NOT EXISTS (
          -- Only one that begins before it is asked for: those after it in its window begin no earlier.
          SELECT 1 FROM figure_windows AS w CROSS JOIN kept_figures AS o
          WHERE w.figure_id = f.figure_id AND o.measure_id = w.measure_id AND o.unit = w.unit AND o.since = w.since
            AND o.is_comparable = 1 AND o.time_key >= w.from_key AND o.time_key < f.first_day AND f.first_day <= o.last_day)
          -- One that began long before may still go on.
          THEN CASE WHEN EXISTS (SELECT 1 FROM (
              SELECT o.figure_id FROM kept_figures AS o
              WHERE o.measure_id = f.measure_id AND o.unit = f.unit AND o.since = f.since AND o.is_comparable = 1
                AND o.time_key < k.time_key
              LIMIT 1 OFFSET 30) AS earlier)
            THEN 'the thirty before and after it are for other times'
            ELSE 'the others are for other times: updates' END
        -- The thirty-first on either side: of a number that changes, only if it is for the same time. It is found in the
        -- index alone, and only the row of the one before is looked up.
        WHEN EXISTS (SELECT 1 FROM (
            SELECT o.time_key FROM kept_figures AS o
            WHERE o.measure_id = f.measure_id AND o.unit = f.unit AND o.since = f.since AND o.is_comparable = 1
              AND o.time_key > k.time_key
            ORDER BY o.time_key LIMIT 1 OFFSET 30) AS later
          WHERE f.growth IN ('constant', 'cumulative') OR later.time_key < f.last_day || '!')
          OR EXISTS (SELECT 1 FROM kept_figures AS earlier
          WHERE earlier.figure_id = (
              SELECT o.figure_id FROM kept_figures AS o
              WHERE o.measure_id = f.measure_id AND o.unit = f.unit AND o.since = f.since AND o.is_comparable = 1
                AND o.time_key < k.time_key
              ORDER BY o.time_key DESC LIMIT 1 OFFSET 30)
            AND (f.growth IN ('constant', 'cumulative') OR earlier.last_day >= f.first_day))
          THEN 'only the thirty before and after each in time are compared'
        END
      WHEN f.hindrance IS NULL AND EXISTS (SELECT 1 FROM kept_figures AS o
        WHERE o.measure_id = f.measure_id AND o.unit = f.unit AND o.is_comparable = 1 AND o.figure_id <> f.figure_id)
        THEN 'the others count from another start'
      WHEN f.hindrance IS NULL AND EXISTS (SELECT 1 FROM kept_figures AS o
        WHERE o.measure_id = f.measure_id AND o.is_comparable = 1 AND o.figure_id <> f.figure_id)
        THEN 'the others are in other units'
      WHEN EXISTS (SELECT 1 FROM figures AS g JOIN claims AS gc ON gc.id = g.claim_id
        WHERE g.measure_id = f.measure_id AND g.id <> f.figure_id AND gc.withdrawn IS NULL)
        THEN coalesce(f.hindrance, 'no other is left to compare it with')
    END AS why
    FROM comparable_figures AS f JOIN kept_figures AS k ON k.figure_id = f.figure_id
  ) AS u
  JOIN measures AS m ON m.id = u.measure_id
  GROUP BY m.id, m.key, u.why
  -- Asked with the count, since by itself it would be asked of each row, and the reason worked out once more.
  HAVING CASE WHEN u.why IS NULL THEN 0 ELSE count(1) END > 0
) AS found
ORDER BY CASE finding WHEN 'likely transcription slip' THEN 0 WHEN 'conflict' THEN 1 WHEN 'revision' THEN 3 WHEN 'not compared' THEN 4 ELSE 2 END,
  measure, first_id, second_id
