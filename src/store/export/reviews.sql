-- The verdict that holds for each claim, with what a published fact-check says of it.
--
-- A verdict from before the claim changed says nothing of the claim as it would be published. A rating is that
-- of the status; a verdict in other words was given on a scale of its own, and "disputed" says that a claim is
-- contested, not that it is half true. The page is where the assessor published the check: a document's own, or
-- that of the one published fact-check on which the verdict rests. The desk, which keeps the archive, may
-- rest on the fact-checks of others: one of them is its own only if it names the desk. A locator with # is a
-- place on the page.
SELECT c.key AS claim, c.text, CASE WHEN a.at_stated = 1 THEN a.at END AS at,
  CASE WHEN a.claim_version = c.version THEN coalesce(a.verdict, t.claimreview) END AS word,
  CASE WHEN t.code <> 'disputed' AND coalesce(a.verdict, t.claimreview) = t.claimreview
    THEN t.claimreview_rating END AS rating,
  coalesce(t.is_check, 0) AS is_check,
  s.kind, n.is_named, s.title, s.author, coalesce(s.outlet, s.publisher) AS outlet, s.url,
  CASE WHEN n.is_party = 0 THEN s.url ELSE coalesce(
    (SELECT CASE WHEN count(DISTINCT e.url) = 1 THEN min(e.url || CASE WHEN v.locator LIKE '#%' THEN v.locator ELSE '' END) END
      FROM assessment_evidence AS v JOIN sources AS e ON e.id = v.source_id
      WHERE v.assessment_id = a.id AND e.kind = 'review'
        AND instr(', ' || concat_ws(', ', e.author, e.outlet, e.publisher) || ', ', ', ' || s.title || ', ') > 0),
    (SELECT CASE WHEN count(DISTINCT e.url) = 1 THEN min(e.url || CASE WHEN v.locator LIKE '#%' THEN v.locator ELSE '' END) END
      FROM assessment_evidence AS v JOIN sources AS e ON e.id = v.source_id
      WHERE v.assessment_id = a.id AND e.kind = 'review'
        AND s.key IS NOT (SELECT desk FROM archive))) END AS page
FROM claims AS c
LEFT JOIN current_assessments AS k ON k.claim_id = c.id
LEFT JOIN assessments AS a ON a.id = k.assessment_id
LEFT JOIN statuses AS t ON t.code = a.status
LEFT JOIN sources AS s ON s.id = a.assessor_id
LEFT JOIN source_kinds AS n ON n.code = s.kind
WHERE c.withdrawn IS NULL
ORDER BY c.key
