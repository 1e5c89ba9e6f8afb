-- Corrections to what the file derives.
--
-- Which origin is meant where several could be goes by key now, not by the order of the file, which an
-- export does not carry: the body of a voice that speaks for several, the voice of a circle. And an
-- origin took a claim back only where it did so itself, not where another speaker in its document did.
-- The words "over" and "under" exclude the end they are said of, however it is stated. A tolerance is not
-- off by the last digit of a binary number. Small numbers are not shown as 0, and one end alone not as
-- the number.
-- A page that is taken in again is found by its address.
CREATE INDEX sources_by_url ON sources (url) WHERE url IS NOT NULL;

DROP VIEW claim_ends;
DROP VIEW claim_voices;
DROP VIEW figure_bounds;
DROP VIEW figure_words;

-- Where the chains of a claim end, and who speaks there.
CREATE VIEW claim_voices AS
SELECT claim_id, end_id, voice_id FROM (
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
        CASE WHEN ifnull(k.circle_id, 0) <> w.circle_id THEN 1 ELSE 0 END
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

-- The end of each chain of a claim with the origin there: the voice, or the body that it speaks for
-- (the first by key, where there are several: one voice is one origin).
CREATE VIEW claim_ends AS
SELECT claim_id, end_id, voice_id, origin_id,
  -- 1 when the origin took the claim back: the voice there, or anyone who speaks for its body; the end of
  -- the chain as a document, by itself or in a revised edition; or, where nobody speaks in the end, a
  -- source that it drew on and that now only takes back what it said; else 0.
  CASE WHEN EXISTS (
    SELECT 1 FROM mentions AS m
    WHERE m.claim_id = spoken.claim_id AND m.stance = 'retracts'
      AND (coalesce(m.speaker_id, m.source_id) IN (spoken.voice_id, spoken.origin_id)
        OR EXISTS (SELECT 1 FROM source_origins AS b
          WHERE b.source_id = coalesce(m.speaker_id, m.source_id) AND b.origin_id = spoken.origin_id
            AND b.relation = 'speaks_for')
        OR (m.speaker_id IS NULL AND (m.source_id = spoken.end_id OR EXISTS (SELECT 1 FROM source_origins AS e
          WHERE e.source_id = m.source_id AND e.origin_id = spoken.end_id AND e.relation = 'revises')))
        OR (spoken.voice_id = spoken.end_id AND EXISTS (SELECT 1 FROM source_origins AS e
          WHERE e.source_id = spoken.end_id AND e.origin_id = m.source_id AND e.relation <> 'speaks_for')))) THEN 1 ELSE 0 END AS took_back
FROM (
  SELECT v.claim_id, v.end_id, v.voice_id, coalesce(b.body_id, v.voice_id) AS origin_id
  FROM claim_voices AS v
  LEFT JOIN (
    SELECT e.source_id, e.origin_id AS body_id
    FROM source_origins AS e JOIN sources AS s ON s.id = e.origin_id
    WHERE e.relation = 'speaks_for' AND NOT EXISTS (
      SELECT 1 FROM source_origins AS f JOIN sources AS t ON t.id = f.origin_id
      WHERE f.source_id = e.source_id AND f.relation = 'speaks_for' AND t.key < s.key)
  ) AS b ON b.source_id = v.voice_id
) AS spoken;

-- What a figure can mean at least and at most: the ends as stated, else the value with the
-- tolerance of its qualifier, else what the qualifier's word alone allows. A bound that nothing
-- gives stays NULL (open); it is never taken from the denominator.
CREATE VIEW figure_bounds AS
SELECT id AS figure_id, key, measure_id, unit, as_of, lower, upper,
  CASE WHEN lower IS NULL THEN 1 ELSE 0 END AS lower_open,
  CASE WHEN upper IS NULL THEN 1 ELSE 0 END AS upper_open,
  -- 1 when the bound itself is ruled out: "over 50", also where 50 is stated as the lower end alone.
  CASE WHEN lower IS NOT NULL AND ((low IS NULL AND value IS NOT NULL) OR (low IS NOT NULL AND high IS NULL AND value IS NULL))
    THEN excludes_low ELSE 0 END AS lower_exclusive,
  -- The same for the upper end: "under 50".
  CASE WHEN upper IS NOT NULL AND ((high IS NULL AND value IS NOT NULL) OR (high IS NOT NULL AND low IS NULL AND value IS NULL))
    THEN excludes_high ELSE 0 END AS upper_exclusive,
  -- 1 when a tolerance of the qualifier, not the source, made one of the bounds.
  CASE WHEN (lower IS NOT NULL AND low IS NULL AND ifnull(lower <> value, 1) AND code <> 'none')
    OR (upper IS NOT NULL AND high IS NULL AND ifnull(upper <> value, 1) AND code <> 'none')
    THEN 1 ELSE 0 END AS assumed
FROM (
  SELECT f.id, f.key, f.measure_id, coalesce(f.unit, m.unit) AS unit, f.as_of, f.value, f.low, f.high,
    q.code, q.excludes_low, q.excludes_high,
    CASE
      WHEN f.low IS NOT NULL THEN f.low
      WHEN q.below_factor > 0 AND abs(f.value) >= 0.001 THEN round(f.value - abs(f.value) * q.below_factor - q.below_absolute, 12)
      WHEN f.value IS NOT NULL THEN f.value - abs(f.value) * q.below_factor - q.below_absolute
      WHEN f.high IS NULL THEN q.least
    END AS lower,
    CASE
      WHEN f.high IS NOT NULL THEN f.high
      WHEN q.above_factor > 0 AND abs(f.value) >= 0.001 THEN round(f.value + abs(f.value) * q.above_factor + q.above_absolute, 12)
      WHEN f.value IS NOT NULL THEN f.value + abs(f.value) * q.above_factor + q.above_absolute
      WHEN f.low IS NULL THEN q.most
    END AS upper
  FROM figures AS f
  JOIN measures AS m ON m.id = f.measure_id
  JOIN qualifiers AS q ON q.code = f.qualifier
);

-- A figure in words: how exact, the number, the unit, and what it is given for.
CREATE VIEW figure_words AS
SELECT f.id AS figure_id,
  -- How exact, and the number.
  a.amount,
  -- The figure in words, such as "over 69 out of 407, 2021-06-29".
  a.amount || ifnull(' ' || coalesce(f.unit, m.unit), '')
  || ifnull(' out of ' || coalesce(o.value, o.low, o.high), '')
  || ifnull(', ' || f.as_of, '') AS words
FROM figures AS f
JOIN measures AS m ON m.id = f.measure_id
JOIN (
  SELECT n.id,
    CASE WHEN n.qualifier IN ('exact', 'between') THEN '' WHEN n.value IS NULL AND n.low IS NULL AND n.high IS NULL
      THEN q.label ELSE q.label || ' ' END
    || CASE
      WHEN typeof(n.value) = 'real' AND abs(n.value) >= 0.1 THEN round(n.value, 4)
      WHEN typeof(n.value) = 'real' AND abs(n.value) >= 0.0001 THEN round(n.value, 7)
      WHEN n.value IS NOT NULL THEN n.value
      WHEN n.low IS NOT NULL AND n.high IS NOT NULL THEN n.low || ' to ' || n.high
      WHEN n.low IS NOT NULL THEN n.low || CASE WHEN n.qualifier IN ('exact', 'between') THEN ' or more' ELSE '' END
      WHEN n.high IS NOT NULL THEN n.high || CASE WHEN n.qualifier IN ('exact', 'between') THEN ' or less' ELSE '' END
      ELSE '' END AS amount
  FROM figures AS n JOIN qualifiers AS q ON q.code = n.qualifier
) AS a ON a.id = f.id
LEFT JOIN figures AS o ON o.id = f.out_of_id;

-- What is left without a comment above.

-- view figure_bounds
--   figure_id: The figure.
--   key: Its key.
--   measure_id: What it counts.
--   unit: Its unit, else that of its measure; NULL when things are simply counted.
--   as_of: The day or period it is given for (EDTF); NULL when not stated.
--   lower: The least it can mean; NULL when nothing bounds it below.
--   upper: The most it can mean; NULL when nothing bounds it above.
--   lower_open: 1 when nothing bounds it below.
--   upper_open: 1 when nothing bounds it above.

-- view claim_voices
--   claim_id: The claim.
--   end_id: The source at which a chain of the claim ends.
--   voice_id: Who speaks there; the source itself when nobody is named as its speaker.

-- view claim_ends
--   claim_id: The claim.
--   end_id: The source at which a chain of the claim ends.
--   voice_id: Who speaks there; the source itself when nobody is named as its speaker.
--   origin_id: The independent origin: the body that the voice speaks for, else the voice.

-- view figure_words
--   figure_id: The figure.
