-- Copies the mentions that the other claim lacks.
INSERT INTO mentions (claim_id, source_id, speaker_id, stance, hedge, locator, quote, said_on, note)
SELECT t.id, m.source_id, m.speaker_id, m.stance, m.hedge, m.locator, m.quote, m.said_on, m.note
FROM mentions AS m JOIN claims AS f ON f.id = m.claim_id JOIN claims AS t ON t.key = :into
WHERE f.key = :from AND NOT EXISTS (
  SELECT 1 FROM mentions AS o
  WHERE o.claim_id = t.id AND o.source_id = m.source_id AND ifnull(o.speaker_id, 0) = ifnull(m.speaker_id, 0)
    AND ifnull(o.locator, '') = ifnull(m.locator, '') AND o.stance = m.stance)
ORDER BY m.id;
