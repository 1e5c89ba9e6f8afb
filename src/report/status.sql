-- title: Claims by status
-- question: How many claims have each status?
-- column status: The current verdict; definitions are in the table statuses.
-- column claims: Claims with that verdict, those withdrawn left out.
-- column stale: Of these, claims that changed since that verdict.
-- column share: Their part of all claims, as a fraction of 1; not stated while there are none.
-- show: status, claims, stale, share
-- example: --where "claims>0"
-- example: --chart
-- example: --order -claims
-- chart: bars claims by status with share
SELECT s.code AS status, CAST(s.held - s.withdrawn AS INTEGER) AS claims, CAST(coalesce(v.claims, 0) AS INTEGER) AS stale,
  CAST(round(1.0 * (s.held - s.withdrawn) / nullif((SELECT count(1) FROM claims)
    - (SELECT count(1) FROM claims WHERE withdrawn IS NOT NULL), 0), 3) AS DOUBLE PRECISION) AS share
FROM (
  -- All of a status are counted by an index, and the few that were withdrawn taken away, so that no claim is read.
  SELECT t.code, t.rank, (SELECT count(1) FROM claims AS c WHERE c.status = t.code) AS held,
    (SELECT count(1) FROM claims AS c WHERE c.withdrawn IS NOT NULL AND c.status || '' = t.code) AS withdrawn
  FROM statuses AS t
) AS s
LEFT JOIN (
  SELECT c.status, count(1) AS claims FROM stale_claims AS k JOIN claims AS c ON c.id = k.claim_id
  WHERE c.withdrawn IS NULL GROUP BY c.status
) AS v ON v.status = s.code
ORDER BY s.rank
