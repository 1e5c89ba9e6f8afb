-- The statuses in their order, with the claims that have each; withdrawn claims are not published.
SELECT s.code, s.label, s.definition, count(c.id) AS claims
FROM statuses AS s LEFT JOIN claims AS c ON c.status = s.code AND c.withdrawn IS NULL
GROUP BY s.code ORDER BY s.rank;
