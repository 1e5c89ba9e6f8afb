-- title: Corroboration
-- question: On whose word does each claim rest, and how many of those are independent?
-- column claim: Key of the claim.
-- column text: The claim in the archive's words.
-- column status: The current verdict.
-- column origins: Independent origins; those without a name are among them.
-- column unnamed: Of these, known by a description only.
-- column outlets: Outlets that state it; a source without an outlet stands for itself.
-- column speakers: Speakers who state it, named or not.
-- column mentions: Times that a source states it or bears it out.
-- column denials: Times that a source disputes it, denies it or takes it back.
-- column origin_keys: The origins; ? marks one without a name.
-- column verdict: The same in words.
-- show: claim, status, verdict, origin_keys
-- example: --where "origins>1" --order -origins
-- example: --where "denials>0"
-- example: --where status=reported --chart
-- chart: bars origins by claim with verdict status
SELECT c.key AS claim, c.text, c.status, w.origins, w.unnamed, w.outlets, w.speakers, w.mentions, w.denials,
  w.origin_keys,
  CAST(CASE w.outlets WHEN 1 THEN '1 outlet, ' ELSE w.outlets || ' outlets, ' END
  || CASE w.origins WHEN 1 THEN '1 origin' ELSE w.origins || ' origins' END
  || CASE WHEN w.unnamed = 0 THEN '' WHEN w.origins = 1 THEN ', unnamed'
    WHEN w.unnamed = w.origins THEN ', all unnamed' ELSE ', ' || w.unnamed || ' of them unnamed' END
  || CASE WHEN w.denials = 0 THEN '' WHEN w.took_back > 0 AND w.took_back = w.origins THEN '; taken back by all origins'
    WHEN w.took_back > 0 THEN '; taken back by ' || w.took_back || ' of them'
    WHEN w.denials = 1 THEN '; contested once' ELSE '; contested ' || w.denials || ' times' END AS TEXT) AS verdict
FROM claims AS c JOIN claim_weights AS w ON w.claim_id = c.id
WHERE c.withdrawn IS NULL
ORDER BY c.id
