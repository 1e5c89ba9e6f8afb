-- Pairs of figures on one measure, in one unit, that cannot both be right, or that look like one
-- number miscopied. Figure_a is the smaller one.
-- Compared are: of a constant, all; of a level, those of one day or period, and as possible conflicts
-- those whose times overlap; of a cumulative measure, those with one start, where one that is no
-- later may not be larger; of a measure per period, those of the same period; of a measure per event, those
-- whose claims are linked as of the same event, and as possible conflicts those of one small place and of
-- the same days. Two claims at different small places are never compared. A time that is taken from the
-- claim or its sources makes a possible conflict at most. What one voice said on different days of one time
-- is a revision.
CREATE VIEW figure_conflicts AS
WITH candidate(a_id, b_id, is_linked) AS (
  SELECT x.id, y.id, 0
  FROM measures AS m JOIN figures AS x ON x.measure_id = m.id JOIN figures AS y ON y.measure_id = m.id AND y.id > x.id
  WHERE m.growth <> 'per_event'
  UNION ALL
  -- Sought through the claims: of what is counted in one event there may be thousands of figures.
  SELECT e.figure_id, e.other_id, e.is_linked FROM same_event_figures AS e WHERE e.other_id > e.figure_id
), pair AS (
  SELECT
    CASE below WHEN 1 THEN a_id ELSE b_id END AS figure_a,
    CASE below WHEN 1 THEN b_id ELSE a_id END AS figure_b,
    CAST(CASE below WHEN 1 THEN a_stated ELSE b_stated END AS DOUBLE PRECISION) AS less,
    CAST(CASE below WHEN 1 THEN b_stated ELSE a_stated END AS DOUBLE PRECISION) AS more,
    CASE below WHEN 1 THEN a_upper ELSE b_upper END AS less_upper,
    CASE below WHEN 1 THEN b_lower ELSE a_lower END AS more_lower,
    time_assumed, a_claim, b_claim,
    CASE
      WHEN growth = 'per_event' THEN CASE is_linked WHEN 1 THEN 'event' ELSE 'place' END
      WHEN a_first = b_first AND a_last = b_last THEN 'same'
      WHEN growth = 'level' AND a_first <= b_last AND b_first <= a_last THEN 'overlap'
      -- The smaller one is no earlier than the larger one: what only grows has fallen.
      WHEN growth = 'cumulative' AND below = 1 AND a_first >= b_last THEN 'fall'
      WHEN growth = 'cumulative' AND below = 0 AND b_first >= a_last THEN 'fall'
      ELSE 'other'
    END AS time
  FROM (
    SELECT a.growth, a.claim_id AS a_claim, b.claim_id AS b_claim,
      CASE WHEN a.time_assumed = 1 OR b.time_assumed = 1 THEN 1 ELSE 0 END AS time_assumed,
      c.is_linked,
      a.figure_id AS a_id, b.figure_id AS b_id, a.stated AS a_stated, b.stated AS b_stated,
      a.lower AS a_lower, a.upper AS a_upper, b.lower AS b_lower, b.upper AS b_upper,
      a.first_day AS a_first, a.last_day AS a_last, b.first_day AS b_first, b.last_day AS b_last,
      -- 1 when a is the smaller one.
      CASE WHEN a.upper <= b.lower THEN 1 ELSE 0 END AS below
    FROM candidate AS c
    JOIN comparable_figures AS a ON a.figure_id = c.a_id JOIN comparable_figures AS b ON b.figure_id = c.b_id
    JOIN claim_events AS ea ON ea.claim_id = a.claim_id JOIN claim_events AS eb ON eb.claim_id = b.claim_id
    WHERE a.hindrance IS NULL AND b.hindrance IS NULL
      -- One claim knows which of its own figures are of one time.
      AND (a.claim_id <> b.claim_id OR a.time_assumed = 0 AND b.time_assumed = 0)
      AND a.unit = b.unit AND a.since = b.since
      -- A part does not conflict with its whole.
      AND NOT EXISTS (SELECT 1 FROM figures AS f WHERE f.id = a.figure_id AND f.out_of_id = b.figure_id
        OR f.id = b.figure_id AND f.out_of_id = a.figure_id)
      AND (a.growth <> 'per_period' OR (a.first_day = b.first_day AND a.last_day = b.last_day))
      -- The bounds do not meet.
      AND (a.upper < b.lower OR b.upper < a.lower
        OR (a.upper = b.lower AND (a.upper_exclusive = 1 OR b.lower_exclusive = 1))
        OR (b.upper = a.lower AND (b.upper_exclusive = 1 OR a.lower_exclusive = 1)))
      -- Two small places, none within the other, are two events, unless a link says that they are one.
      AND (ea.is_placed = 0 OR eb.is_placed = 0
        OR EXISTS (SELECT 1 FROM near_claims AS n WHERE n.claim_id = a.claim_id AND n.near_id = b.claim_id)
        OR EXISTS (SELECT 1 FROM claim_links AS l WHERE l.relation = 'same_event'
          AND (l.from_id = a.claim_id AND l.to_id = b.claim_id OR l.from_id = b.claim_id AND l.to_id = a.claim_id)))
  ) AS apart
), written AS (
  -- The digits as they would be written, with three decimals and without the point.
  SELECT pair.*, replace(printf('%.3f', less), '.', '') AS few, replace(printf('%.3f', more), '.', '') AS many,
    -- Digits before the point; and of these, those before the closing zeros.
    length(printf('%.3f', less)) - 4 AS figures,
    length(rtrim(replace(printf('%.3f', less), '.', ''), '0')) AS telling,
    CASE WHEN time IN ('same', 'overlap', 'event', 'place') THEN 1 ELSE 0 END AS at_once
  FROM pair
), slipped AS (
  SELECT written.*,
    CASE
      -- "Over 50" against 50 is no slip: the digits are the same.
      WHEN less <= 0 OR less = more THEN NULL
      -- A number that is given for another time is only doubted where many digits agree.
      WHEN (at_once = 1 OR telling >= 2) AND (
          abs(more / (less * 10) - 1) < 1e-9 OR abs(more / (less * 100) - 1) < 1e-9
          OR abs(more / (less * 1000) - 1) < 1e-9 OR abs(more / (less * 1000000) - 1) < 1e-9)
        THEN 'a power of ten'
      WHEN length(many) = length(few) + 1 AND telling >= 2 AND figures >= CASE at_once WHEN 1 THEN 2 ELSE 3 END
        AND EXISTS (SELECT 1 FROM (
          SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5
          UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10
          UNION ALL SELECT 11 UNION ALL SELECT 12 UNION ALL SELECT 13 UNION ALL SELECT 14 UNION ALL SELECT 15
        ) AS place WHERE n <= length(many) - 3 AND substr(many, 1, n - 1) || substr(many, n + 1) = few)
        THEN 'a dropped digit'
      WHEN length(many) = length(few) AND figures >= CASE at_once WHEN 1 THEN 3 ELSE 4 END
        AND EXISTS (SELECT 1 FROM (
          SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5
          UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10
          UNION ALL SELECT 11 UNION ALL SELECT 12 UNION ALL SELECT 13 UNION ALL SELECT 14 UNION ALL SELECT 15
        ) AS place WHERE n < length(many) - 3
          AND substr(many, 1, n - 1) || substr(many, n + 1, 1) || substr(many, n, 1) || substr(many, n + 2) = few)
        THEN 'swapped digits'
    END AS slip
  FROM written
), single(claim_id, voice_id, said) AS (
  -- Claims with figures that one voice alone states, or one body through those who speak for it, with the day
  -- on which it first did.
  SELECT claim_id, min(voice_id), min(said)
  FROM (
    SELECT n.claim_id, coalesce((SELECT min(b.origin_id) FROM source_origins AS b
        WHERE b.source_id = coalesce(n.speaker_id, n.source_id) AND b.relation = 'speaks_for'),
      n.speaker_id, n.source_id) AS voice_id,
      (SELECT e.earliest FROM dates AS e WHERE e.edtf = coalesce(n.said_on, s.published)) AS said
    FROM (SELECT DISTINCT claim_id FROM figures) AS c CROSS JOIN mentions AS n
    JOIN stances AS t ON t.code = n.stance JOIN sources AS s ON s.id = n.source_id
    WHERE n.claim_id = c.claim_id AND t.counts = 1
  ) AS stated
  GROUP BY claim_id HAVING count(DISTINCT voice_id) = 1
)
SELECT
  -- The smaller of the two figures.
  CAST(figure_a AS INTEGER) AS figure_a,
  -- The larger of the two figures.
  CAST(figure_b AS INTEGER) AS figure_b,
  -- conflict; possible conflict (the times only overlap or are assumed, or the event is only likely the
  -- same); revision (one voice said both, on different days); or likely transcription slip.
  CAST(CASE WHEN is_revised = 1 THEN 'revision'
    WHEN slip IS NOT NULL THEN 'likely transcription slip'
    WHEN time IN ('overlap', 'place') OR time_assumed = 1 THEN 'possible conflict' ELSE 'conflict' END AS TEXT) AS finding,
  -- What the slip would be; NULL when the digits do not look like one.
  CAST(slip AS TEXT) AS slip,
  -- same: given for one time (a constant always is). overlap: for times that overlap. fall: a
  -- cumulative number that is lower later. event: of one event, by a link. place: at one place on the same
  -- days. other: for times of which the later would be an update.
  CAST(time AS TEXT) AS time,
  -- 1 when a time is not stated with its figure, but taken from its claim or its sources.
  CAST(time_assumed AS INTEGER) AS time_assumed,
  -- The least that the larger can mean, over the most that the smaller can; NULL when that is 0.
  CAST(round(more_lower * 1.0 / nullif(less_upper, 0), 4) AS DOUBLE PRECISION) AS gap
FROM (
  SELECT s.*, CASE WHEN time <> 'other' AND oa.voice_id = ob.voice_id AND oa.said <> ob.said THEN 1 ELSE 0 END AS is_revised
  FROM slipped AS s
  LEFT JOIN single AS oa ON oa.claim_id = s.a_claim
  LEFT JOIN single AS ob ON ob.claim_id = s.b_claim
) AS judged
WHERE time <> 'other' OR slip IS NOT NULL;
