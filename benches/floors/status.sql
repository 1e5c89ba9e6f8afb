-- Left out: nothing.
-- where status: s.code = :key
SELECT s.code AS status,
  (SELECT count(*) FROM claims WHERE status = s.code) - (SELECT count(*) FROM claims WHERE withdrawn IS NOT NULL AND +status = s.code) AS claims,
  (SELECT count(*) FROM claims AS c JOIN assessments AS a ON a.claim_id = c.id
    WHERE c.version > 1 AND a.claim_version <> c.version AND +c.status = s.code AND c.withdrawn IS NULL) AS stale,
  round(1.0 * (SELECT count(*) FROM claims WHERE status = s.code)
    / ((SELECT count(*) FROM claims) - (SELECT count(*) FROM claims WHERE withdrawn IS NOT NULL)), 3) AS share
FROM statuses AS s
WHERE 1 /*and*/
ORDER BY s.rank;
