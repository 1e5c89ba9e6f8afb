-- Serves the question what is claimed of a place, by itself: the report of places counts from it and reads no row of
-- the table, and a million claims of a country lie there in the order of their ids.
DROP INDEX claim_locations_by_location;
CREATE INDEX claim_locations_by_location ON claim_locations (location_id, claim_id, relation);
