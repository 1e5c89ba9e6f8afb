-- Where the chains of a claim end, and who speaks there.
CREATE VIEW claim_voices AS
SELECT
  -- The claim.
  claim_id,
  -- The source at which a chain of the claim ends.
  end_id,
  -- Who speaks there; the source itself when nobody is named as its speaker.
  CAST(voice_id AS INTEGER) AS voice_id
FROM (
  -- A document of the claim that draws on nothing more for it; whoever speaks in it, else it.
  SELECT m.claim_id, m.source_id AS end_id, coalesce(m.speaker_id, m.source_id) AS voice_id
  FROM mentions AS m
  WHERE EXISTS (SELECT 1 FROM stances AS t WHERE t.code = m.stance AND t.counts = 1)
    AND NOT EXISTS (
      SELECT 1 FROM source_origins AS e
      WHERE e.source_id = m.source_id AND e.relation <> 'speaks_for'
        AND (EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1) OR EXISTS (
          SELECT 1 FROM mentions AS n
          WHERE n.claim_id = m.claim_id AND n.source_id = e.origin_id
            AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1))))
  UNION ALL
  -- A text that is taken over whole and does not mention the claim by itself. Who speaks in it is
  -- known from those who took it over.
  SELECT m.claim_id, w.root_id, coalesce(m.speaker_id, (
      SELECT o.speaker_id
      FROM mentions AS o JOIN whole_text_roots AS v ON v.source_id = o.source_id
      JOIN sources AS p ON p.id = o.speaker_id
      WHERE o.claim_id = m.claim_id AND v.root_id = w.root_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = o.stance AND t.counts = 1)
      ORDER BY p.key LIMIT 1), w.root_id)
  FROM mentions AS m JOIN whole_text_roots AS w ON w.source_id = m.source_id
  WHERE w.source_id <> w.root_id AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = m.stance AND t.counts = 1)
    AND NOT EXISTS (
      SELECT 1 FROM mentions AS n
      WHERE n.claim_id = m.claim_id AND n.source_id = w.root_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1))
    AND NOT EXISTS (
      SELECT 1 FROM source_origins AS e
      WHERE e.source_id = w.root_id AND e.relation <> 'speaks_for'
        AND (EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1) OR EXISTS (
          SELECT 1 FROM mentions AS n
          WHERE n.claim_id = m.claim_id AND n.source_id = e.origin_id
            AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1))))
  UNION ALL
  -- A circle that the claim's chains run into and do not leave: one origin, whoever speaks there.
  SELECT round.claim_id, r.id, coalesce(p.id, r.id)
  FROM (
   SELECT claim_id, min(root_key) AS root_key, min(speaker_key) AS speaker_key
   FROM (
    SELECT claim_id, circle_id, root_id,
      min((SELECT key FROM sources WHERE id = root_id)) AS root_key,
      min((SELECT key FROM sources WHERE id = speaker_id)) AS speaker_key, max(goes_round) AS goes_round, max(leaves) AS leaves
    FROM (
      SELECT m.claim_id, w.circle_id, w.root_id, m.speaker_id, 0 AS goes_round, 0 AS leaves
      FROM whole_text_roots AS w CROSS JOIN mentions AS m
      WHERE w.circle_id > 0 AND m.source_id = w.source_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = m.stance AND t.counts = 1)
      UNION ALL
      SELECT m.claim_id, w.circle_id, w.root_id, NULL,
        CASE WHEN k.circle_id = w.circle_id THEN 1 ELSE 0 END,
        CASE WHEN coalesce(k.circle_id, 0) <> w.circle_id THEN 1 ELSE 0 END
      FROM whole_text_roots AS w CROSS JOIN mentions AS m CROSS JOIN source_origins AS e
      LEFT JOIN source_circles AS k ON k.source_id = e.origin_id
      WHERE w.circle_id > 0 AND m.source_id = w.source_id
        AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = m.stance AND t.counts = 1)
        AND e.source_id = w.root_id AND e.relation <> 'speaks_for'
        AND (EXISTS (SELECT 1 FROM origin_relations AS r WHERE r.code = e.relation AND r.whole_text = 1) OR EXISTS (
          SELECT 1 FROM mentions AS n
          WHERE n.claim_id = m.claim_id AND n.source_id = e.origin_id
            AND EXISTS (SELECT 1 FROM stances AS t WHERE t.code = n.stance AND t.counts = 1)))
    ) AS step
    GROUP BY claim_id, circle_id, root_id
   ) AS text_of
   GROUP BY claim_id, circle_id
   HAVING min(goes_round) = 1 AND max(leaves) = 0
  ) AS round
  JOIN sources AS r ON r.key = round.root_key
  LEFT JOIN sources AS p ON p.key = round.speaker_key
) AS chain_end;
