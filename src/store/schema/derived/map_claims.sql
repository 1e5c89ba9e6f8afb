-- One point for each claim at each of its places that has coordinates. "precision" says what the
-- point stands for: a district's point is not where something happened.
CREATE VIEW map_claims AS
SELECT
  -- The row of claim_locations, by which map programs tell the points apart.
  cl.id AS _rowid_,
  -- Key of the claim.
  c.key AS claim,
  -- The claim.
  c.text,
  -- What sort of claim it is.
  c.kind,
  -- The verdict that holds.
  c.status,
  -- When it is said to have happened (EDTF); NULL when not stated.
  c.happened,
  -- Key of the place.
  l.key AS place,
  -- Its name.
  l.name AS place_name,
  -- What sort of place it is.
  l.kind AS place_kind,
  -- How the claim lies to the place.
  cl.relation,
  -- How exact the point is, from 1 (exact) to 7 (UCDP); what it stands for is said beside it.
  l.precision,
  -- What the point stands for, in words.
  p.label AS precision_label,
  -- Keys of the sources that mention the claim; NULL when there is none.
  CAST((SELECT group_concat(key, ' ') FROM (
    SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key) AS mentioning) AS TEXT) AS sources,
  -- The point as well-known text, longitude before latitude.
  CAST('POINT (' || l.lon || ' ' || l.lat || ')' AS TEXT) AS geometry
FROM claim_locations AS cl
JOIN claims AS c ON c.id = cl.claim_id
JOIN locations AS l ON l.id = cl.location_id
LEFT JOIN location_precisions AS p ON p.code = l.precision
WHERE l.lat IS NOT NULL AND c.withdrawn IS NULL;
