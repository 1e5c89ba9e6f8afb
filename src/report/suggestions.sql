-- title: Verdicts to reconsider
-- question: Which claims have evidence that no longer fits their status? (`onrecord suggest` leaves out what is not due yet)
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column status: The current verdict.
-- column suggests: The verdict that the evidence points to.
-- column why: What does not fit.
-- column due_latest: The latest day by which a forecast or intention should have come true; not stated when there is no due date.
-- column origins: Independent origins of the claim.
-- column command: What to type, with a reason of your own.
-- show: claim, status, suggests, why
-- example: --where suggests=corroborated
-- example: --columns command --wide
-- example: --where "due_latest<today"
WITH dispute AS (
  -- Conflicting figures, listed for the claim on each side. A conflict with a refuted claim no longer
  -- counts.
  SELECT claim_id, min(CASE WHEN other_status NOT IN ('refuted', 'retracted', 'misleading') THEN why END) AS why
  FROM (
    -- Without the CAST the column has no affinity, and no index could serve the join.
    SELECT CAST(CASE side WHEN 0 THEN fa.claim_id ELSE fb.claim_id END AS INTEGER) AS claim_id,
      CASE side WHEN 0 THEN cb.status ELSE ca.status END AS other_status,
      CASE WHEN p.finding = 'possible conflict' THEN NULL WHEN side = 0
        THEN 'its ' || m.key || ', ' || wa.words || ', disagrees with ' || wb.words || ' (' || cb.key || ')'
        ELSE 'its ' || m.key || ', ' || wb.words || ', disagrees with ' || wa.words || ' (' || ca.key || ')' END AS why
    FROM (SELECT figure_a, figure_b, finding FROM figure_conflicts WHERE finding <> 'revision') AS p
    CROSS JOIN (SELECT 0 AS side UNION ALL SELECT 1) AS half
    JOIN figures AS fa ON fa.id = p.figure_a JOIN figures AS fb ON fb.id = p.figure_b
    JOIN figure_words AS wa ON wa.figure_id = fa.id JOIN figure_words AS wb ON wb.figure_id = fb.id
    JOIN measures AS m ON m.id = fa.measure_id
    JOIN claims AS ca ON ca.id = fa.claim_id JOIN claims AS cb ON cb.id = fb.claim_id
  ) AS sides
  GROUP BY claim_id
), doubt AS (
  SELECT w.claim_id, w.origins, w.took_back, w.origin_keys, c.status, d.why AS disagrees,
    -- The first case that applies.
    CASE
      WHEN c.status <> 'retracted' AND w.took_back > 0 AND w.took_back = w.origins THEN 'taken back'
      WHEN c.status IN ('unassessed', 'reported', 'corroborated') AND w.took_back > 0 THEN 'taken back by some'
      WHEN c.status IN ('unassessed', 'reported', 'corroborated') AND w.denials > w.took_back AND EXISTS (
        SELECT 1 FROM mentions AS n JOIN stances AS t ON t.code = n.stance AND t.counts = 0 AND t.code <> 'retracts'
        WHERE n.claim_id = c.id) THEN 'denied'
      WHEN c.status IN ('unassessed', 'reported', 'corroborated') AND d.why IS NOT NULL THEN 'disagrees'
      -- Unnamed origins may be one and the same.
      WHEN c.status = 'corroborated'
        AND w.origins - w.unnamed + CASE WHEN w.unnamed > 0 THEN 1 ELSE 0 END < 2 THEN 'too few'
      WHEN c.status IN ('unassessed', 'reported')
        AND w.origins - w.unnamed + CASE WHEN w.unnamed > 0 THEN 1 ELSE 0 END > 1 THEN 'enough'
      WHEN c.status = 'disputed' AND d.claim_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM current_assessments AS k JOIN assessment_evidence AS e ON e.assessment_id = k.assessment_id
          WHERE k.claim_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM mentions AS n JOIN stances AS t ON t.code = n.stance AND t.counts = 0 WHERE n.claim_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM claim_links AS l JOIN link_relations AS r ON r.code = l.relation AND r.conflict = 1
          WHERE l.from_id = c.id OR l.to_id = c.id)
        THEN 'no dispute'
      WHEN v.claim_id IS NOT NULL THEN 'stale'
    END AS case_of,
    -- The reader of this view compares the due date with today, so a due date must not hide another case.
    CASE WHEN c.status IN ('unassessed', 'reported', 'corroborated', 'unverified')
      AND c.kind IN ('forecast', 'intention') THEN y.latest END AS latest
  FROM claims AS c
  JOIN claim_weights AS w ON w.claim_id = c.id
  LEFT JOIN dispute AS d ON d.claim_id = c.id
  LEFT JOIN dates AS y ON y.edtf = c.due
  LEFT JOIN stale_claims AS v ON v.claim_id = c.id
  WHERE c.withdrawn IS NULL
)
SELECT c.key AS claim, c.text, c.status,
  CAST(CASE d.case_of WHEN 'taken back' THEN 'retracted' WHEN 'due' THEN 'confirmed or refuted' WHEN 'enough' THEN 'corroborated'
    WHEN 'too few' THEN 'reported' WHEN 'no dispute' THEN 'reported' WHEN 'stale' THEN c.status ELSE 'disputed' END AS TEXT) AS suggests,
  CAST(CASE d.case_of
    WHEN 'taken back' THEN 'every origin took it back: ' || d.origin_keys
    WHEN 'taken back by some' THEN d.took_back || ' of ' || d.origins || ' origins took it back'
    WHEN 'denied' THEN (
      SELECT s.key || ' ' || n.stance || ' it'
      FROM mentions AS n JOIN stances AS t ON t.code = n.stance AND t.counts = 0 AND t.code <> 'retracts'
      JOIN sources AS s ON s.id = coalesce(n.speaker_id, n.source_id)
      WHERE n.claim_id = c.id ORDER BY n.id LIMIT 1)
    WHEN 'disagrees' THEN d.disagrees
    WHEN 'due' THEN 'the ' || c.kind || ' was due by ' || d.latest || '; did it come true?'
    WHEN 'too few' THEN CASE d.origins WHEN 0 THEN 'it is corroborated, and no source states it'
      WHEN 1 THEN 'it is corroborated, and has one independent origin: ' || d.origin_keys
      ELSE 'it is corroborated, and its origins have no name and may be one: ' || d.origin_keys END
    WHEN 'enough' THEN 'it has ' || d.origins || ' independent origins: ' || d.origin_keys
    WHEN 'stale' THEN 'it changed since it was judged; does the verdict still hold?'
    ELSE 'it is disputed, and no denial, contradiction, figure or evidence on record says so'
  END AS TEXT) AS why,
  CAST(CASE d.case_of WHEN 'due' THEN d.latest END AS TEXT) AS due_latest,
  d.origins,
  CAST('onrecord assess ' || c.key || ' ' || CASE d.case_of WHEN 'taken back' THEN 'retracted' WHEN 'due' THEN 'confirmed'
    WHEN 'enough' THEN 'corroborated' WHEN 'too few' THEN 'reported' WHEN 'no dispute' THEN 'reported'
    WHEN 'stale' THEN c.status ELSE 'disputed' END || ' --because ''…''' || CASE d.case_of WHEN 'due' THEN ' # or refuted' ELSE '' END AS TEXT) AS command
FROM (
  SELECT x.claim_id, x.origins, x.took_back, x.origin_keys, x.disagrees, x.latest,
    CASE h.side WHEN 0 THEN x.case_of ELSE CASE WHEN x.latest IS NOT NULL THEN 'due' END END AS case_of
  FROM doubt AS x CROSS JOIN (SELECT 0 AS side UNION ALL SELECT 1) AS h
) AS d JOIN claims AS c ON c.id = d.claim_id
WHERE d.case_of IS NOT NULL
ORDER BY CASE d.case_of WHEN 'taken back' THEN 0 WHEN 'taken back by some' THEN 1 WHEN 'denied' THEN 2
  WHEN 'disagrees' THEN 3 WHEN 'due' THEN 4 WHEN 'too few' THEN 5 WHEN 'enough' THEN 6 ELSE 7 END, c.id
