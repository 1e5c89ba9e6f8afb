-- Claims after one, in the order of the file, with the days on which they can have happened.
SELECT c.id, c.key, c.text, k.label AS kind, c.status, c.happened, d.earliest, d.latest, c.due, c.note
FROM claims AS c
JOIN claim_kinds AS k ON k.code = c.kind
LEFT JOIN dates AS d ON d.edtf = c.happened
WHERE c.id > :after AND c.withdrawn IS NULL
ORDER BY c.id LIMIT :number;
