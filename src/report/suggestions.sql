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
WITH seen AS (
  SELECT c.id AS claim_id, c.key, c.text, c.kind, c.status, w.origins, w.unnamed, w.took_back, w.denials,
    -- Their keys, for the cases below that name them.
    CASE WHEN w.took_back > 0 OR c.status = 'corroborated' AND w.origins - w.unnamed < 2
      OR c.status IN ('unassessed', 'reported') AND w.origins > 1 THEN w.origin_keys END AS origin_keys,
    -- The figure of the claim that conflicts with another, and that one, the first by their keys, which an export keeps; or
    -- ~ where no conflict counts: it is only possible, or with a refuted claim. NULL where no figure conflicts, or the status
    -- asks for none. Asked for each claim, so that the question for one reads no other figures; in one CASE, so that a
    -- finding is worked out once.
    CASE WHEN c.status IN ('unassessed', 'reported', 'corroborated', 'disputed')
      AND c.id IN (SELECT x.claim_id FROM figures AS x)
    THEN (SELECT min(CASE p.finding WHEN 'revision' THEN NULL WHEN 'possible conflict' THEN '~'
        ELSE CASE WHEN o.status IN ('refuted', 'retracted', 'misleading') THEN '~'
          ELSE f.key || ' ' || g.key END END)
      FROM figures AS f JOIN conflicting_figures AS p ON p.figure_id = f.id
      JOIN claims AS o ON o.id = p.other_claim_id JOIN figures AS g ON g.id = p.other_id
      WHERE f.claim_id = c.id) END AS disagrees,
    CAST(CASE WHEN v.claim_id IS NOT NULL THEN 1 ELSE 0 END AS INTEGER) AS is_stale,
    CAST(NULL AS TEXT) AS due
  FROM claims AS c
  JOIN claim_weights AS w ON w.claim_id = c.id
  LEFT JOIN stale_claims AS v ON v.claim_id = c.id
  WHERE c.withdrawn IS NULL
  UNION ALL
  -- The reader of this view compares the due date with today, so a due date must not hide another case.
  SELECT c.id, c.key, c.text, c.kind, c.status, w.origins, w.unnamed, w.took_back, w.denials, CAST(NULL AS TEXT),
    CAST(NULL AS TEXT), CAST(0 AS INTEGER), y.latest
  FROM claims AS c JOIN claim_weights AS w ON w.claim_id = c.id JOIN dates AS y ON y.edtf = c.due
  -- In a CASE, so that the claims are read in their order: nearly all have one of these.
  WHERE c.withdrawn IS NULL AND CASE WHEN c.status IN ('unassessed', 'reported', 'corroborated', 'unverified') THEN 1 ELSE 0 END = 1
    AND c.kind IN ('forecast', 'intention') AND y.latest IS NOT NULL
)
SELECT d.key AS claim, d.text, d.status,
  CAST(CASE d.case_of WHEN 'taken back' THEN 'retracted' WHEN 'due' THEN 'confirmed or refuted' WHEN 'enough' THEN 'corroborated'
    WHEN 'too few' THEN 'reported' WHEN 'no dispute' THEN 'reported' WHEN 'stale' THEN d.status ELSE 'disputed' END AS TEXT) AS suggests,
  CAST(CASE d.case_of
    WHEN 'taken back' THEN 'every origin took it back: ' || d.origin_keys
    WHEN 'taken back by some' THEN d.took_back || ' of ' || d.origins || ' origins took it back'
    WHEN 'denied' THEN (
      SELECT s.key || ' ' || n.stance || ' it'
      FROM mentions AS n JOIN stances AS t ON t.code = n.stance AND t.counts = 0 AND t.code <> 'retracts'
      JOIN sources AS s ON s.id = coalesce(n.speaker_id, n.source_id)
      WHERE n.claim_id = d.claim_id ORDER BY n.id LIMIT 1)
    -- One row each; engines that join what is asked for each row want it in a group.
    WHEN 'disagrees' THEN (
        SELECT max('its ' || m.key || ', ' || w.words) FROM figures AS f JOIN measures AS m ON m.id = f.measure_id
        JOIN figure_words AS w ON w.figure_id = f.id WHERE f.key = d.figure)
      || ', disagrees with ' || (
        SELECT max(w.words || ' (' || o.key || ')') FROM figures AS f JOIN claims AS o ON o.id = f.claim_id
        JOIN figure_words AS w ON w.figure_id = f.id WHERE f.key = d.other_figure)
    WHEN 'due' THEN 'the ' || d.kind || ' was due by ' || d.latest || '; did it come true?'
    WHEN 'too few' THEN CASE d.origins WHEN 0 THEN 'it is corroborated, and no source states it'
      WHEN 1 THEN 'it is corroborated, and has one independent origin: ' || d.origin_keys
      ELSE 'it is corroborated, and its origins have no name and may be one: ' || d.origin_keys END
    WHEN 'enough' THEN 'it has ' || d.origins || ' independent origins: ' || d.origin_keys
    WHEN 'stale' THEN 'it changed since it was judged; does the verdict still hold?'
    ELSE 'it is disputed, and no denial, contradiction, figure or evidence on record says so'
  END AS TEXT) AS why,
  CAST(CASE d.case_of WHEN 'due' THEN d.latest END AS TEXT) AS due_latest,
  d.origins,
  CAST('onrecord assess ' || d.key || ' ' || CASE d.case_of WHEN 'taken back' THEN 'retracted' WHEN 'due' THEN 'confirmed'
    WHEN 'enough' THEN 'corroborated' WHEN 'too few' THEN 'reported' WHEN 'no dispute' THEN 'reported'
    WHEN 'stale' THEN d.status ELSE 'disputed' END || ' --because ''…''' || CASE d.case_of WHEN 'due' THEN ' # or refuted' ELSE '' END AS TEXT) AS command
FROM (
  SELECT s.claim_id, s.key, s.text, s.kind, s.status, s.origins, s.took_back, s.origin_keys, s.due AS latest,
    substr(s.disagrees, 1, instr(s.disagrees, ' ') - 1) AS figure, substr(s.disagrees, instr(s.disagrees, ' ') + 1) AS other_figure,
    -- The first case that applies.
    CASE
      WHEN s.due IS NOT NULL THEN 'due'
      WHEN s.status <> 'retracted' AND s.took_back > 0 AND s.took_back = s.origins THEN 'taken back'
      WHEN s.status IN ('unassessed', 'reported', 'corroborated') AND s.took_back > 0 THEN 'taken back by some'
      WHEN s.status IN ('unassessed', 'reported', 'corroborated') AND s.denials > s.took_back AND EXISTS (
        SELECT 1 FROM mentions AS n JOIN stances AS t ON t.code = n.stance AND t.counts = 0 AND t.code <> 'retracts'
        WHERE n.claim_id = s.claim_id) THEN 'denied'
      WHEN s.status IN ('unassessed', 'reported', 'corroborated') AND s.disagrees <> '~' THEN 'disagrees'
      -- Unnamed origins may be one and the same.
      WHEN s.status = 'corroborated'
        AND s.origins - s.unnamed + CASE WHEN s.unnamed > 0 THEN 1 ELSE 0 END < 2 THEN 'too few'
      WHEN s.status IN ('unassessed', 'reported')
        AND s.origins - s.unnamed + CASE WHEN s.unnamed > 0 THEN 1 ELSE 0 END > 1 THEN 'enough'
      WHEN s.status = 'disputed' AND s.disagrees IS NULL
        AND NOT EXISTS (SELECT 1 FROM current_assessments AS k JOIN assessment_evidence AS e ON e.assessment_id = k.assessment_id
          WHERE k.claim_id = s.claim_id)
        AND NOT EXISTS (SELECT 1 FROM mentions AS n JOIN stances AS t ON t.code = n.stance AND t.counts = 0 WHERE n.claim_id = s.claim_id)
        AND NOT EXISTS (SELECT 1 FROM claim_links AS l JOIN link_relations AS r ON r.code = l.relation AND r.conflict = 1
          WHERE l.from_id = s.claim_id OR l.to_id = s.claim_id)
        THEN 'no dispute'
      WHEN s.is_stale = 1 THEN 'stale'
    END AS case_of
  FROM seen AS s
  -- No row: without it, SQLite would work the case out anew for each column that depends on it.
  UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE 1 = 0
) AS d
WHERE d.case_of IS NOT NULL
ORDER BY CASE d.case_of WHEN 'taken back' THEN 0 WHEN 'taken back by some' THEN 1 WHEN 'denied' THEN 2
  WHEN 'disagrees' THEN 3 WHEN 'due' THEN 4 WHEN 'too few' THEN 5 WHEN 'enough' THEN 6 ELSE 7 END, d.claim_id
