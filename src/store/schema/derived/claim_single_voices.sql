-- The one voice that states a claim, if there is only one: a speaker or a document, or one body through those
-- who speak for it.
CREATE VIEW claim_single_voices AS
SELECT
  -- The claim.
  c.id AS claim_id,
  -- The voice, or the first by row of the bodies that it speaks for; NULL when several state the claim, or none.
  CAST((SELECT CASE WHEN min(v.voice_id) = max(v.voice_id) THEN min(v.voice_id) END FROM (
    SELECT coalesce((SELECT min(b.origin_id) FROM source_origins AS b
        WHERE b.source_id = coalesce(n.speaker_id, n.source_id) AND b.relation = 'speaks_for'),
      n.speaker_id, n.source_id) AS voice_id
    FROM mentions AS n
    WHERE n.claim_id = c.id AND n.stance IN (SELECT t.code FROM stances AS t WHERE t.counts = 1)) AS v) AS INTEGER) AS voice_id,
  -- The voice of one of those who state it, which is the only one if there is only one; NULL when nobody does. Most claims
  -- have several, and this is found without a look at the others.
  CAST((SELECT coalesce((SELECT min(b.origin_id) FROM source_origins AS b
      WHERE b.source_id = coalesce(n.speaker_id, n.source_id) AND b.relation = 'speaks_for'),
    n.speaker_id, n.source_id)
    FROM mentions AS n
    WHERE n.claim_id = c.id AND n.stance IN (SELECT t.code FROM stances AS t WHERE t.counts = 1)
    ORDER BY n.source_id, coalesce(n.speaker_id, 0), coalesce(n.locator, ''), n.stance LIMIT 1) AS INTEGER) AS a_voice_id,
  -- The day on which the claim was first said; NULL when none is known.
  CAST((SELECT min(e.earliest) FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
    JOIN dates AS e ON e.edtf = coalesce(n.said_on, s.published)
    WHERE n.claim_id = c.id AND n.stance IN (SELECT t.code FROM stances AS t WHERE t.counts = 1)) AS TEXT) AS said
FROM claims AS c;
