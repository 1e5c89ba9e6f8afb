-- Left out: the chains of sources. The mentions of each claim are counted anew and written with the origins as they are. The
-- driver drops the triggers of the copy first.
CREATE TEMP TABLE was AS SELECT * FROM kept_origins;
BEGIN;
DELETE FROM kept_weights;
DELETE FROM kept_origins;
INSERT INTO kept_origins SELECT * FROM was;
INSERT INTO kept_weights
SELECT c.id, coalesce(sum(t.counts), 0), coalesce(sum(1 - t.counts), 0), count(DISTINCT CASE t.counts WHEN 1 THEN coalesce(s.outlet, s.key) END),
  count(DISTINCT CASE t.counts WHEN 1 THEN m.speaker_id END), (SELECT count(*) FROM kept_origins AS o WHERE o.claim_id = c.id),
  0, coalesce((SELECT sum(took_back) FROM kept_origins AS o WHERE o.claim_id = c.id), 0)
FROM claims AS c LEFT JOIN mentions AS m ON m.claim_id = c.id LEFT JOIN stances AS t ON t.code = m.stance LEFT JOIN sources AS s ON s.id = m.source_id
GROUP BY c.id;
DELETE FROM outdated_claims;
COMMIT;
