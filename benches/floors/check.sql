-- Left out: guards, the index of words, dates, and all checks but that on the evidence of a verdict.
PRAGMA integrity_check;
PRAGMA foreign_key_check;
SELECT 'evidence', 'claims', c.key, 'it is corroborated, and has ' || w.origins || ' independent origins'
FROM claims AS c JOIN kept_weights AS w ON w.claim_id = c.id
WHERE c.status = 'corroborated' AND w.origins - w.unnamed + (w.unnamed > 0) < 2 AND c.withdrawn IS NULL ORDER BY c.id;
