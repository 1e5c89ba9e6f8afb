-- The text of claim_ends over the claims whose kept rows no longer hold (outdated_weights). Written by a test
-- (BLESS=1 cargo test generated).
CREATE VIEW outdated_ends AS
SELECT
  -- The claim.
  claim_id,
  -- The source at which a chain of the claim ends.
  end_id,
  -- Who speaks there; the source itself when nobody is named as its speaker.
  voice_id,
  -- The independent origin: the body that the voice speaks for, else the voice.
  CAST(origin_id AS INTEGER) AS origin_id,
  -- 1 when the origin took the claim back: the voice there, or anyone who speaks for its body; the end of
  -- the chain as a document, by itself or in a revised edition; or, where nobody speaks in the end, a
  -- source that it drew on and that now only takes back what it said; else 0.
  CAST(CASE WHEN EXISTS (
    SELECT 1 FROM mentions AS m
    WHERE m.claim_id = spoken.claim_id AND m.stance = 'retracts'
      AND (coalesce(m.speaker_id, m.source_id) IN (spoken.voice_id, spoken.origin_id)
        OR EXISTS (SELECT 1 FROM source_origins AS b
          WHERE b.source_id = coalesce(m.speaker_id, m.source_id) AND b.origin_id = spoken.origin_id
            AND b.relation = 'speaks_for')
        OR (m.speaker_id IS NULL AND (m.source_id = spoken.end_id OR EXISTS (SELECT 1 FROM source_origins AS e
          WHERE e.source_id = m.source_id AND e.origin_id = spoken.end_id AND e.relation = 'revises')))
        OR (spoken.voice_id = spoken.end_id AND EXISTS (SELECT 1 FROM source_origins AS e
          WHERE e.source_id = spoken.end_id AND e.origin_id = m.source_id AND e.relation <> 'speaks_for')))) THEN 1 ELSE 0 END AS INTEGER) AS took_back
FROM (
  SELECT v.claim_id, v.end_id, v.voice_id, coalesce((
      SELECT e.origin_id FROM source_origins AS e JOIN sources AS s ON s.id = e.origin_id
      WHERE e.source_id = coalesce(v.work_id, v.voice_id) AND e.relation = 'speaks_for'
      ORDER BY s.key LIMIT 1), v.work_id, v.voice_id) AS origin_id
  FROM (
    -- DISTINCT has SQLite find each work once, and keeps it from writing the whole view into every use of it.
    SELECT DISTINCT c.claim_id, c.end_id, c.voice_id,
      (SELECT w.work_id FROM same_works AS w WHERE w.source_id = c.voice_id) AS work_id
    FROM outdated_voices AS c
  ) AS v
) AS spoken;
