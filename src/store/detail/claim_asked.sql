-- The facts that people ask for: when it happened, and by when what is to come is due. An opinion has no day.
SELECT 'happened' AS asked FROM claims WHERE key = :key AND kind <> 'opinion' AND due IS NULL
UNION ALL
SELECT 'due' FROM claims WHERE key = :key AND kind IN ('forecast', 'intention');
