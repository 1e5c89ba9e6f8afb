-- title: Timeline
-- question: What is said to have happened when?
-- column earliest: The earliest day it can mean; not stated when the start is open or unknown.
-- column latest: The latest day it can mean; not stated when the end is open or unknown.
-- column happened: The date as stated (EDTF); ? is uncertain, ~ approximate.
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column kind: What sort of proposition it is.
-- column status: The current verdict.
-- column origins: Independent origins.
-- column places: Its places, with the relation where it is not simply there.
-- list places: claim
-- show: happened, claim, text, status
-- example: --where "happened=2021-06-28"
-- example: --where "earliest>2021-01-01" --where kind=event
-- example: --chart --where "happened=2021"
-- chart: spans earliest latest by claim with happened status origins
SELECT d.earliest, d.latest, c.happened, c.key AS claim, c.text, c.kind, c.status,
  w.origins,
  CAST((SELECT group_concat(word, ', ') FROM (
    SELECT CASE WHEN cl.relation = 'at' THEN l.key ELSE replace(cl.relation, '_', ' ') || ' ' || l.key END AS word
    FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id
    WHERE cl.claim_id = c.id ORDER BY l.key) AS listed) AS TEXT) AS places
FROM claims AS c
JOIN claim_weights AS w ON w.claim_id = c.id
JOIN dates AS d ON d.edtf = c.happened
WHERE c.withdrawn IS NULL
ORDER BY coalesce(d.earliest, d.latest), coalesce(d.latest, '9999-12-31'), c.id
