-- title: Unverified claims
-- question: What could not be verified, and who says so?
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column status: unverified; a claim without a verdict is unassessed, and not in this report.
-- column assessor: Who says that it is unverified.
-- column at: When (UTC); not stated when nothing said so.
-- column because: Why.
-- column origins: Independent origins.
-- column places: Its places, with the relation where it is not simply there.
-- column sources: The sources that mention it.
-- list places: claim
-- list sources: claim
-- show: claim, text, status, assessor
-- example: --where "origins>1"
-- example: --where place=KEY
-- example: --columns claim,because --wide
SELECT c.key AS claim, c.text, c.status, s.key AS assessor,
  CAST(CASE WHEN a.at_stated = 1 THEN a.at END AS TEXT) AS at, a.because,
  w.origins,
  CAST((SELECT group_concat(word, ', ') FROM (
    SELECT CASE WHEN cl.relation = 'at' THEN l.key ELSE replace(cl.relation, '_', ' ') || ' ' || l.key END AS word
    FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
    WHERE cl.claim_id = c.id ORDER BY l.key) AS listed) AS TEXT) AS places,
  CAST((SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT o.key FROM mentions AS m JOIN sources AS o ON o.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY o.key) AS listed) AS TEXT) AS sources
FROM claims AS c
JOIN claim_weights AS w ON w.claim_id = c.id
LEFT JOIN current_assessments AS k ON k.claim_id = c.id
LEFT JOIN assessments AS a ON a.id = k.assessment_id
LEFT JOIN sources AS s ON s.id = a.assessor_id
WHERE c.status = 'unverified' AND c.withdrawn IS NULL
ORDER BY c.id
