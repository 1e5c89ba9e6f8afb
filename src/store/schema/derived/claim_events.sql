-- Whether a claim tells of something at one place and in few days: only then can two claims be taken for the
-- same event, or for different ones.
CREATE VIEW claim_events AS
SELECT
  -- The claim.
  c.id AS claim_id,
  -- The first day of it; NULL when not stated.
  d.earliest AS first_day,
  -- The last day of it; NULL when not stated.
  d.latest AS last_day,
  -- 1 when it is placed, and no place of it is larger than a district.
  CAST(coalesce((
    SELECT min(k.event_scale)
    FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id JOIN location_kinds AS k ON k.code = l.kind
    WHERE cl.claim_id = c.id AND cl.relation IN ('at', 'within')), 0) AS INTEGER) AS is_placed,
  -- 1 when its days are stated and at most three.
  CAST(CASE WHEN d.earliest IS NOT NULL AND d.latest IS NOT NULL
    AND CAST(strftime('%J', d.latest) AS DOUBLE PRECISION) - CAST(strftime('%J', d.earliest) AS DOUBLE PRECISION) <= 2 THEN 1 ELSE 0 END AS INTEGER) AS is_dated
FROM claims AS c
-- The time that all figures of a claim are given for, where the claim does not say when it happened.
LEFT JOIN dates AS d ON d.edtf = coalesce(c.happened, (
  SELECT CASE WHEN min(f.as_of) = max(f.as_of) THEN min(f.as_of) END FROM figures AS f WHERE f.claim_id = c.id));
