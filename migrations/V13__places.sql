-- rewrites tables
-- Coordinates may come without a word on how exact they are, as most tables have them: the rule that asked
-- for a precision goes. A place gets the column "folded", by which names are compared.

-- A named place. Coordinates only where known, with how exact they are where that is stated.
CREATE TABLE locations_rebuilt (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among locations.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "locations.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND length(key) <= 1000000
      AND instr(key, char(0)) = 0),
  -- The name in English usage.
  name TEXT NOT NULL
    CONSTRAINT "locations.name is text, not empty, and at most a million characters"
    CHECK (typeof(name) = 'text' AND trim(name) <> '' AND length(name) <= 1000000 AND instr(name, char(0)) = 0),
  -- What sort of place it is.
  kind TEXT NOT NULL REFERENCES location_kinds (code)
    CONSTRAINT "locations.kind is text, not empty, and at most a million characters"
    CHECK (typeof(kind) = 'text' AND trim(kind) <> '' AND length(kind) <= 1000000 AND instr(kind, char(0)) = 0),
  -- The place that holds it; NULL for a country or when not known.
  within_id INTEGER REFERENCES locations (id)
    CONSTRAINT "locations.within_id is an integer"
    CHECK (typeof(within_id) IN ('integer', 'null')),
  -- Latitude in degrees north, WGS 84; NULL when not known.
  lat NUMERIC
    CONSTRAINT "locations.lat is a finite number"
    CHECK (typeof(lat) IN ('integer', 'real', 'null') AND lat BETWEEN -1.7e308 AND 1.7e308)
    CONSTRAINT "locations.lat is between -90 and 90"
    CHECK (lat BETWEEN -90 AND 90),
  -- Longitude in degrees east, WGS 84; NULL when not known.
  lon NUMERIC
    CONSTRAINT "locations.lon is a finite number"
    CHECK (typeof(lon) IN ('integer', 'real', 'null') AND lon BETWEEN -1.7e308 AND 1.7e308)
    CONSTRAINT "locations.lon is between -180 and 180"
    CHECK (lon BETWEEN -180 AND 180),
  -- How exactly the coordinates say where it is (UCDP 1 to 7); NULL when there are none, or nothing says so.
  precision INTEGER REFERENCES location_precisions (code)
    CONSTRAINT "locations.precision is an integer"
    CHECK (typeof(precision) IN ('integer', 'null')),
  -- GeoNames id; NULL when not known.
  geonames TEXT
    CONSTRAINT "locations.geonames is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(geonames) IN ('text', 'null') AND trim(geonames) <> ''
      AND length(geonames) <= 1000000 AND instr(geonames, char(0)) = 0),
  -- Wikidata item, such as Q889; NULL when not known.
  wikidata TEXT
    CONSTRAINT "locations.wikidata is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(wikidata) IN ('text', 'null') AND trim(wikidata) <> ''
      AND length(wikidata) <= 1000000 AND instr(wikidata, char(0)) = 0),
  -- ISO 3166-1 alpha-2 or 3166-2 code; NULL when it has none or it is not known.
  iso_3166 TEXT
    CONSTRAINT "locations.iso_3166 is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(iso_3166) IN ('text', 'null') AND trim(iso_3166) <> ''
      AND length(iso_3166) <= 1000000 AND instr(iso_3166, char(0)) = 0),
  -- OCHA P-code (COD-AB); NULL when it has none or it is not known.
  ocha_pcode TEXT
    CONSTRAINT "locations.ocha_pcode is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(ocha_pcode) IN ('text', 'null') AND trim(ocha_pcode) <> ''
      AND length(ocha_pcode) <= 1000000 AND instr(ocha_pcode, char(0)) = 0),
  -- Your note on this place; NULL when there is none.
  note TEXT
    CONSTRAINT "locations.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0),
  -- Its name as names are compared, in one form of case, space and letter variants; NULL until the program
  -- computes it.
  folded TEXT
    CONSTRAINT "locations.folded is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(folded) IN ('text', 'null') AND folded <> ''
      AND length(folded) <= 1000000 AND instr(folded, char(0)) = 0),
  CONSTRAINT "locations.lat and locations.lon come together"
    CHECK ((lat IS NULL) = (lon IS NULL)),
  CONSTRAINT "a place does not lie within itself"
    CHECK (within_id <> id)
);
INSERT INTO locations_rebuilt (id, key, name, kind, within_id, lat, lon, precision, geonames, wikidata,
    iso_3166, ocha_pcode, note)
  SELECT id, key, name, kind, within_id, lat, lon, precision, geonames, wikidata, iso_3166, ocha_pcode,
    note FROM locations;
-- An id that was given once is never given again.
DELETE FROM sqlite_sequence WHERE name = 'locations_rebuilt';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'locations_rebuilt', seq FROM sqlite_sequence WHERE name = 'locations';
DROP TABLE locations;
ALTER TABLE locations_rebuilt RENAME TO locations;
-- Serves "what lies in this place?" and the delete guard.
CREATE INDEX locations_within ON locations (within_id);
-- Serves the look-up of a place by its name, when one is taken in without a key.
CREATE INDEX locations_by_folded ON locations (folded);
