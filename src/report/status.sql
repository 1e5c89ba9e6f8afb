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
SELECT s.code AS status,
  CAST(count(c.id) AS INTEGER) AS claims,
  CAST((SELECT count(1) FROM stale_claims AS v JOIN claims AS x ON x.id = v.claim_id
    WHERE x.status = s.code AND x.withdrawn IS NULL) AS INTEGER) AS stale,
  CAST(round(1.0 * count(c.id) / nullif((SELECT count(1) FROM claims WHERE withdrawn IS NULL), 0), 3) AS DOUBLE PRECISION) AS share
FROM statuses AS s
LEFT JOIN claims AS c ON c.status = s.code AND c.withdrawn IS NULL
GROUP BY s.code, s.rank
ORDER BY s.rank
