-- Left out: the layout.
SELECT key, title, kind, outlet, published FROM sources WHERE key = :key;
SELECT m.locator, c.key, c.status, c.text FROM sources AS s JOIN mentions AS m ON m.source_id = s.id JOIN claims AS c ON c.id = m.claim_id
WHERE s.key = :key ORDER BY c.id;
SELECT e.relation, o.key FROM sources AS s JOIN source_origins AS e ON e.source_id = s.id JOIN sources AS o ON o.id = e.origin_id WHERE s.key = :key;
SELECT o.key, e.relation FROM sources AS s JOIN source_origins AS e ON e.origin_id = s.id JOIN sources AS o ON o.id = e.source_id WHERE s.key = :key;
