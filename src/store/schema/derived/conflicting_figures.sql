-- Each figure with the others on its measure, in its unit, that it does not agree with: those that cannot both be
-- right, and those that look like one number miscopied. Each pair comes twice, once from either side, so that the
-- question for one figure reads no others.
-- Compared are, along time, each figure with the thirty before it and the thirty after it (figure_windows):
-- of a constant, all of these; of a level, those of one day or period, and as possible conflicts
-- those whose times overlap; of a cumulative measure, those with one start, where one that is no
-- later may not be larger; of a measure per period, those of the same period. Of a measure per event, all are
-- compared whose claims are linked as of the same event, and as possible conflicts those of one small place and of
-- the same days (same_event_figures). Two claims at different small places are never compared. A time that is taken
-- from the claim or its sources makes a possible conflict at most. What one voice said on different days of one time
-- is a revision.
-- Read as a whole, the figures come in the order of their measure and time, in which neighbours lie together: so the
-- order of the joins is fixed (CROSS). No subquery holds a group or a DISTINCT but where it is asked for one row.
CREATE VIEW conflicting_figures AS
WITH opposed AS (
  SELECT a.figure_id AS a_id, b.figure_id AS b_id,
    -- The bounds do not meet; NULL where they do.
    CASE WHEN a.upper < b.lower OR (a.upper = b.lower AND (a.upper_exclusive = 1 OR b.lower_exclusive = 1)) THEN 1
      WHEN b.upper < a.lower OR (b.upper = a.lower AND (b.upper_exclusive = 1 OR a.lower_exclusive = 1)) THEN 0 END AS is_smaller,
    a.claim_id AS a_claim, b.claim_id AS b_claim, a.upper AS a_upper, a.lower AS a_lower, b.upper AS b_upper, b.lower AS b_lower,
    a.first_day AS a_first, a.last_day AS a_last, b.first_day AS b_first, b.last_day AS b_last,
    CASE WHEN a.time_assumed = 1 OR b.time_assumed = 1 THEN 1 ELSE 0 END AS time_assumed, m.growth,
    a.stated AS a_stated, b.stated AS b_stated,
    a.digits AS a_digits, b.digits AS b_digits
  FROM figure_windows AS a CROSS JOIN measures AS m CROSS JOIN kept_figures AS b
  WHERE m.id = a.measure_id AND b.figure_id IN (
      SELECT n.figure_id FROM kept_figures AS n
      WHERE m.growth <> 'per_event' AND n.figure_id <> a.figure_id
        AND n.measure_id = a.measure_id AND n.unit = a.unit AND n.since = a.since AND n.is_comparable = 1
        AND n.time_key >= a.from_key AND n.time_key <= a.to_key
        -- Two small places, none within the other, are two events, unless a link says that they are one. Most claims have
        -- a place that sets them apart, so this is asked first.
        AND (a.place_id = n.place_id OR a.place_id IS NULL OR n.place_id IS NULL)
        -- Its bounds and those of the neighbour do not meet. This and the places are asked of the index, before the
        -- neighbour is looked up.
        AND (a.upper < n.lower OR (a.upper = n.lower AND (a.upper_exclusive = 1 OR n.lower_exclusive = 1))
          OR n.upper < a.lower OR (n.upper = a.lower AND (n.upper_exclusive = 1 OR a.lower_exclusive = 1)))
        AND CASE WHEN a.place_id = n.place_id THEN 1
          WHEN (a.is_placed = 0 OR n.is_placed = 0
            OR EXISTS (SELECT 1 FROM claim_locations AS p JOIN claim_locations AS q ON q.location_id = p.location_id
              WHERE p.claim_id = a.claim_id AND q.claim_id = n.claim_id)
            -- Only a place that holds others can hold one of the other claim: most hold none. Beyond fifty places around one,
            -- the places that claims name are looked up (claimed_places_inside): each pair would walk through thousands.
            OR EXISTS (SELECT 1 FROM claim_locations AS q JOIN locations AS l ON l.within_id = q.location_id WHERE q.claim_id = n.claim_id)
              AND EXISTS (
              WITH RECURSIVE up(location_id, number) AS (
                SELECT p.location_id, 0 FROM claim_locations AS p WHERE p.claim_id = a.claim_id
                UNION
                SELECT l.within_id, up.number + 1 FROM up JOIN locations AS l ON l.id = up.location_id
                WHERE l.within_id IS NOT NULL AND up.number < 50
              )
              SELECT 1 FROM up
              WHERE EXISTS (SELECT 1 FROM claim_locations AS q WHERE q.location_id = up.location_id AND q.claim_id = n.claim_id)
                OR up.number = 50 AND EXISTS (SELECT 1 FROM claim_locations AS p CROSS JOIN claim_locations AS q
                  WHERE p.claim_id = a.claim_id AND q.claim_id = n.claim_id AND (q.location_id, p.location_id) IN (
                    SELECT i.location_id, i.inside_id FROM claimed_places_inside AS i)))
            OR EXISTS (SELECT 1 FROM claim_locations AS p JOIN locations AS l ON l.within_id = p.location_id WHERE p.claim_id = a.claim_id)
              AND EXISTS (
              WITH RECURSIVE up(location_id, number) AS (
                SELECT p.location_id, 0 FROM claim_locations AS p WHERE p.claim_id = n.claim_id
                UNION
                SELECT l.within_id, up.number + 1 FROM up JOIN locations AS l ON l.id = up.location_id
                WHERE l.within_id IS NOT NULL AND up.number < 50
              )
              SELECT 1 FROM up
              WHERE EXISTS (SELECT 1 FROM claim_locations AS q WHERE q.location_id = up.location_id AND q.claim_id = a.claim_id)
                OR up.number = 50 AND EXISTS (SELECT 1 FROM claim_locations AS p CROSS JOIN claim_locations AS q
                  WHERE p.claim_id = n.claim_id AND q.claim_id = a.claim_id AND (q.location_id, p.location_id) IN (
                    SELECT i.location_id, i.inside_id FROM claimed_places_inside AS i)))
            OR EXISTS (SELECT 1 FROM claim_links AS l WHERE l.relation = 'same_event'
              AND (l.from_id = a.claim_id AND l.to_id = n.claim_id OR l.from_id = n.claim_id AND l.to_id = a.claim_id))) THEN 1 ELSE 0 END = 1
      UNION ALL
      SELECT e.other_id FROM same_event_figures AS e JOIN kept_figures AS k ON k.figure_id = e.other_id
      WHERE e.figure_id = a.figure_id AND m.growth = 'per_event' AND k.is_comparable = 1 AND k.unit = a.unit)
    -- Nothing else is asked of b that an index could serve: where the file has statistics (ANALYZE), SQLite would
    -- make one of all figures, and read them all for each.
    -- One claim knows which of its own figures are of one time.
    AND (a.claim_id <> b.claim_id OR a.time_assumed = 0 AND b.time_assumed = 0)
    -- A part does not conflict with its whole.
    AND coalesce(a.out_of_id, 0) <> b.figure_id AND coalesce(b.out_of_id, 0) <> a.figure_id
    AND (m.growth <> 'per_period' OR (a.first_day = b.first_day AND a.last_day = b.last_day))
), pair AS (
  SELECT a_id, b_id, a_claim, b_claim, is_smaller, time_assumed,
    CASE is_smaller WHEN 1 THEN a_stated ELSE b_stated END AS less,
    CASE is_smaller WHEN 1 THEN b_stated ELSE a_stated END AS more,
    CASE is_smaller WHEN 1 THEN a_digits ELSE b_digits END AS few,
    CASE is_smaller WHEN 1 THEN b_digits ELSE a_digits END AS many,
    CASE is_smaller WHEN 1 THEN a_upper ELSE b_upper END AS less_upper,
    CASE is_smaller WHEN 1 THEN b_lower ELSE a_lower END AS more_lower,
    CASE
      WHEN growth = 'per_event' THEN CASE WHEN EXISTS (SELECT 1 FROM claim_links AS l WHERE l.relation = 'same_event'
        AND (l.from_id = a_claim AND l.to_id = b_claim OR l.from_id = b_claim AND l.to_id = a_claim)) THEN 'event' ELSE 'place' END
      WHEN a_first = b_first AND a_last = b_last THEN 'same'
      WHEN growth = 'level' AND a_first <= b_last AND b_first <= a_last THEN 'overlap'
      -- The smaller one is no earlier than the larger one: what only grows has fallen.
      WHEN growth = 'cumulative' AND CASE is_smaller WHEN 1 THEN a_first >= b_last ELSE b_first >= a_last END THEN 'fall'
      ELSE 'other'
    END AS time
  FROM opposed
  WHERE is_smaller IS NOT NULL
), written AS (
  -- The digits of the smaller before the point; and of all, those before the closing zeros.
  SELECT pair.*, length(few) - 3 AS figures, length(rtrim(few, '0')) AS telling,
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
)
SELECT
  -- The figure.
  a_id AS figure_id,
  -- The one that it does not agree with.
  b_id AS other_id,
  -- The claim that holds the other.
  b_claim AS other_claim_id,
  -- 1 when the figure is the smaller of the two, else 0.
  CAST(is_smaller AS INTEGER) AS is_smaller,
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
  SELECT s.*, CASE WHEN time <> 'other' AND oa.a_voice_id = ob.a_voice_id AND oa.voice_id = ob.voice_id AND oa.said <> ob.said
    THEN 1 ELSE 0 END AS is_revised
  FROM slipped AS s
  CROSS JOIN claim_single_voices AS oa CROSS JOIN claim_single_voices AS ob
  WHERE oa.claim_id = s.a_claim AND ob.claim_id = s.b_claim
) AS judged
WHERE (time <> 'other' OR slip IS NOT NULL);
