-- Where the chains of a claim end, and who speaks there.
CREATE VIEW claim_voices AS
WITH RECURSIVE text(claim_id, source_id, speaker_id, text_id) AS (
  -- A document of the claim with who speaks in it; then every text that the document takes over whole, through
  -- however many others.
  SELECT m.claim_id, m.source_id, m.speaker_id, m.source_id
  FROM claims AS c CROSS JOIN mentions AS m
  WHERE m.claim_id = c.id AND m.stance IN (SELECT t.code FROM stances AS t WHERE t.counts = 1)
  UNION
  SELECT text.claim_id, text.source_id, text.speaker_id, e.origin_id
  FROM text CROSS JOIN source_origins AS e
  WHERE e.source_id = text.text_id AND EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1)
), first(claim_id, id) AS (
  -- The first, by id, of the texts of a circle, as in source_circles.
  SELECT DISTINCT t.claim_id, t.text_id FROM text AS t
  -- CASE keeps the order of the tests.
  WHERE CASE
    WHEN NOT EXISTS (SELECT 1 FROM source_origins AS o
      WHERE o.source_id = t.text_id AND o.relation <> 'speaks_for' AND +o.origin_id > t.text_id) THEN 0
    WHEN NOT EXISTS (SELECT 1 FROM source_origins AS o
      WHERE o.origin_id = t.text_id AND o.relation <> 'speaks_for' AND +o.source_id > t.text_id) THEN 0
    WHEN EXISTS (
      WITH RECURSIVE later(id) AS (
        SELECT e.origin_id FROM source_origins AS e
        WHERE e.source_id = t.text_id AND e.relation <> 'speaks_for' AND e.origin_id >= t.text_id
        UNION
        SELECT e.origin_id FROM later CROSS JOIN source_origins AS e
        WHERE e.source_id = later.id AND e.relation <> 'speaks_for' AND e.origin_id >= t.text_id
      )
      SELECT 1 FROM later WHERE later.id = t.text_id) THEN 1
    ELSE 0 END = 1
), reach(claim_id, first_id, id) AS (
  -- Where the chains lead from there.
  SELECT claim_id, id, id FROM first
  UNION
  SELECT reach.claim_id, reach.first_id, e.origin_id
  FROM reach CROSS JOIN source_origins AS e
  WHERE e.source_id = reach.id AND e.relation <> 'speaks_for'
    AND (EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1) OR EXISTS (
      SELECT 1 FROM mentions AS n
      WHERE n.claim_id = reach.claim_id AND n.source_id = e.origin_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1)))
), back(claim_id, first_id, id) AS (
  -- And from where they lead there.
  SELECT claim_id, id, id FROM first
  UNION
  SELECT back.claim_id, back.first_id, e.source_id
  FROM back CROSS JOIN source_origins AS e
  WHERE e.origin_id = back.id AND e.relation <> 'speaks_for'
    AND (EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1) OR EXISTS (
      SELECT 1 FROM mentions AS n
      WHERE n.claim_id = back.claim_id AND n.source_id = back.id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1)))
)
SELECT
  -- The claim.
  claim_id,
  -- The source at which a chain of the claim ends.
  end_id,
  -- Who speaks there; the source itself when nobody is named as its speaker.
  CAST(voice_id AS INTEGER) AS voice_id
FROM (
  -- A text that draws on nothing more for the claim. If it states the claim, whoever speaks in it; else those
  -- who speak in the documents that take it over whole.
  SELECT t.claim_id, t.text_id AS end_id, coalesce(t.speaker_id, t.text_id) AS voice_id
  FROM text AS t
  WHERE NOT EXISTS (
      SELECT 1 FROM source_origins AS e
      WHERE e.source_id = t.text_id AND e.relation <> 'speaks_for'
        AND (EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1) OR EXISTS (
          SELECT 1 FROM mentions AS n
          WHERE n.claim_id = t.claim_id AND n.source_id = e.origin_id
            AND EXISTS (SELECT 1 FROM stances AS s WHERE s.code = n.stance AND s.counts = 1))))
    AND (t.source_id = t.text_id OR (
      NOT EXISTS (
        SELECT 1 FROM mentions AS n
        WHERE n.claim_id = t.claim_id AND n.source_id = t.text_id
          AND EXISTS (SELECT 1 FROM stances AS s WHERE s.code = n.stance AND s.counts = 1))
      AND (t.speaker_id IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM text AS o
        WHERE o.claim_id = t.claim_id AND o.text_id = t.text_id AND o.speaker_id IS NOT NULL))))
  UNION ALL
  -- A circle that the claim's chains run into and do not leave: one origin, whoever speaks there, the first by key.
  SELECT circle.claim_id, r.id, coalesce(p.id, r.id)
  FROM (
    SELECT claim_id, root_key, min(speaker_key) AS speaker_key
    FROM (
      -- Those from which every way leads back, each with the first of its circle by key.
      SELECT led.claim_id, led.first_id, min(s.key) AS root_key, min(w.key) AS speaker_key
      FROM reach AS led
      LEFT JOIN back ON back.claim_id = led.claim_id AND back.first_id = led.first_id AND back.id = led.id
      JOIN sources AS s ON s.id = led.id
      LEFT JOIN text AS t ON t.claim_id = led.claim_id AND t.text_id = led.id
      LEFT JOIN sources AS w ON w.id = t.speaker_id
      GROUP BY led.claim_id, led.first_id HAVING count(back.id) = count(1) AND min(led.id) < max(led.id)
    ) AS member
    GROUP BY claim_id, root_key
  ) AS circle
  JOIN sources AS r ON r.key = circle.root_key
  LEFT JOIN sources AS p ON p.key = circle.speaker_key
) AS chain_end;
