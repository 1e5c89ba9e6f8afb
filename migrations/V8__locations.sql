-- Places and their names.

-- A named place. Coordinates only where known, and always with how exact they are.
CREATE TABLE locations (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among locations.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "locations.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND instr(key, char(0)) = 0),
  -- The name in English usage.
  name TEXT NOT NULL
    CONSTRAINT "locations.name is text and not empty"
    CHECK (typeof(name) = 'text' AND trim(name) <> '' AND instr(name, char(0)) = 0),
  -- What sort of place it is.
  kind TEXT NOT NULL REFERENCES location_kinds (code)
    CONSTRAINT "locations.kind is text and not empty"
    CHECK (typeof(kind) = 'text' AND trim(kind) <> '' AND instr(kind, char(0)) = 0),
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
  -- How exactly the coordinates say where it is (UCDP 1 to 7); NULL when there are none.
  precision INTEGER REFERENCES location_precisions (code)
    CONSTRAINT "locations.precision is an integer"
    CHECK (typeof(precision) IN ('integer', 'null')),
  -- GeoNames id; NULL when not known.
  geonames TEXT
    CONSTRAINT "locations.geonames is text, or NULL; never empty"
    CHECK (typeof(geonames) IN ('text', 'null') AND trim(geonames) <> '' AND instr(geonames, char(0)) = 0),
  -- Wikidata item, such as Q889; NULL when not known.
  wikidata TEXT
    CONSTRAINT "locations.wikidata is text, or NULL; never empty"
    CHECK (typeof(wikidata) IN ('text', 'null') AND trim(wikidata) <> '' AND instr(wikidata, char(0)) = 0),
  -- ISO 3166-1 alpha-2 or 3166-2 code; NULL when it has none or it is not known.
  iso_3166 TEXT
    CONSTRAINT "locations.iso_3166 is text, or NULL; never empty"
    CHECK (typeof(iso_3166) IN ('text', 'null') AND trim(iso_3166) <> '' AND instr(iso_3166, char(0)) = 0),
  -- OCHA P-code (COD-AB); NULL when it has none or it is not known.
  ocha_pcode TEXT
    CONSTRAINT "locations.ocha_pcode is text, or NULL; never empty"
    CHECK (typeof(ocha_pcode) IN ('text', 'null') AND trim(ocha_pcode) <> '' AND instr(ocha_pcode, char(0)) = 0),
  -- A remark by the archive about this place; NULL when there is none.
  note TEXT
    CONSTRAINT "locations.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0),
  CONSTRAINT "locations.lat and locations.lon come together"
    CHECK ((lat IS NULL) = (lon IS NULL)),
  CONSTRAINT "a place does not lie within itself"
    CHECK (within_id <> id),
  CONSTRAINT "coordinates say how exact they are"
    CHECK (lat IS NULL OR precision IS NOT NULL)
);
-- Serves "what lies in this place?" and the delete guard.
CREATE INDEX locations_within ON locations (within_id);

-- Other names and spellings of a place, in any script.
CREATE TABLE location_names (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The place.
  location_id INTEGER NOT NULL REFERENCES locations (id)
    CONSTRAINT "location_names.location_id is an integer"
    CHECK (typeof(location_id) = 'integer'),
  -- The name as written.
  name TEXT NOT NULL
    CONSTRAINT "location_names.name is text and not empty"
    CHECK (typeof(name) = 'text' AND trim(name) <> '' AND instr(name, char(0)) = 0),
  -- BCP 47 tag of the name's language; NULL when not known.
  language TEXT
    CONSTRAINT "location_names.language is text, or NULL; never empty"
    CHECK (typeof(language) IN ('text', 'null') AND trim(language) <> '' AND instr(language, char(0)) = 0),
  -- A remark by the archive about this name; NULL when there is none.
  note TEXT
    CONSTRAINT "location_names.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0),
  UNIQUE (location_id, name)
);
-- Serves the look-up of a place by any of its names.
CREATE INDEX location_names_by_name ON location_names (name);

CREATE TRIGGER locations_insert_guard BEFORE INSERT ON locations BEGIN
  SELECT RAISE(ABORT, 'locations: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM locations WHERE id = new.id);
  SELECT RAISE(ABORT, 'locations: this key is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM locations WHERE key = new.key);
  SELECT RAISE(ABORT, 'locations.kind: no such row in location_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM location_kinds WHERE code = new.kind);
  SELECT RAISE(ABORT, 'locations.within_id: no such row in locations')
    WHERE new.within_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE id = new.within_id);
  SELECT RAISE(ABORT, 'locations.precision: no such row in location_precisions')
    WHERE new.precision IS NOT NULL AND NOT EXISTS (SELECT 1 FROM location_precisions WHERE code = new.precision);
END;
CREATE TRIGGER locations_update_guard BEFORE UPDATE ON locations BEGIN
  SELECT RAISE(ABORT, 'locations: id and key are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.key IS NOT old.key;
  SELECT RAISE(ABORT, 'locations.kind: no such row in location_kinds')
    WHERE NOT EXISTS (SELECT 1 FROM location_kinds WHERE code = new.kind);
  SELECT RAISE(ABORT, 'locations.within_id: no such row in locations')
    WHERE new.within_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM locations WHERE id = new.within_id);
  SELECT RAISE(ABORT, 'locations.precision: no such row in location_precisions')
    WHERE new.precision IS NOT NULL AND NOT EXISTS (SELECT 1 FROM location_precisions WHERE code = new.precision);
END;

CREATE TRIGGER locations_updated AFTER UPDATE ON locations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'locations', old.key, 'update', col, was FROM (
    SELECT 'name' AS col, old.name AS was WHERE old.name IS NOT new.name
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT new.kind
    UNION ALL SELECT 'within_id', (SELECT key FROM locations WHERE id = old.within_id) WHERE old.within_id IS NOT new.within_id
    UNION ALL SELECT 'lat', old.lat WHERE old.lat IS NOT new.lat
    UNION ALL SELECT 'lon', old.lon WHERE old.lon IS NOT new.lon
    UNION ALL SELECT 'precision', old.precision WHERE old.precision IS NOT new.precision
    UNION ALL SELECT 'geonames', old.geonames WHERE old.geonames IS NOT new.geonames
    UNION ALL SELECT 'wikidata', old.wikidata WHERE old.wikidata IS NOT new.wikidata
    UNION ALL SELECT 'iso_3166', old.iso_3166 WHERE old.iso_3166 IS NOT new.iso_3166
    UNION ALL SELECT 'ocha_pcode', old.ocha_pcode WHERE old.ocha_pcode IS NOT new.ocha_pcode
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER locations_deleted AFTER DELETE ON locations BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'locations', old.key, 'delete', col, was FROM (
    SELECT 'key' AS col, old.key AS was WHERE old.key IS NOT NULL
    UNION ALL SELECT 'name', old.name WHERE old.name IS NOT NULL
    UNION ALL SELECT 'kind', old.kind WHERE old.kind IS NOT NULL
    UNION ALL SELECT 'within_id', (SELECT key FROM locations WHERE id = old.within_id) WHERE old.within_id IS NOT NULL
    UNION ALL SELECT 'lat', old.lat WHERE old.lat IS NOT NULL
    UNION ALL SELECT 'lon', old.lon WHERE old.lon IS NOT NULL
    UNION ALL SELECT 'precision', old.precision WHERE old.precision IS NOT NULL
    UNION ALL SELECT 'geonames', old.geonames WHERE old.geonames IS NOT NULL
    UNION ALL SELECT 'wikidata', old.wikidata WHERE old.wikidata IS NOT NULL
    UNION ALL SELECT 'iso_3166', old.iso_3166 WHERE old.iso_3166 IS NOT NULL
    UNION ALL SELECT 'ocha_pcode', old.ocha_pcode WHERE old.ocha_pcode IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;

CREATE TRIGGER location_names_insert_guard BEFORE INSERT ON location_names BEGIN
  SELECT RAISE(ABORT, 'location_names: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_names WHERE id = new.id);
  SELECT RAISE(ABORT, 'location_names: this location_id and name are taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM location_names WHERE location_id = new.location_id AND name = new.name);
  SELECT RAISE(ABORT, 'location_names.location_id: no such row in locations')
    WHERE NOT EXISTS (SELECT 1 FROM locations WHERE id = new.location_id);
END;
CREATE TRIGGER location_names_update_guard BEFORE UPDATE ON location_names BEGIN
  SELECT RAISE(ABORT, 'location_names: id is fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id;
  SELECT RAISE(ABORT, 'location_names: another row has this location_id and name')
    WHERE EXISTS (SELECT 1 FROM location_names WHERE location_id = new.location_id AND name = new.name AND id <> old.id);
  SELECT RAISE(ABORT, 'location_names.location_id: no such row in locations')
    WHERE NOT EXISTS (SELECT 1 FROM locations WHERE id = new.location_id);
END;

CREATE TRIGGER location_names_updated AFTER UPDATE ON location_names BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'location_names', (SELECT key FROM locations WHERE id = old.location_id) || ' | ' || old.name, 'update', col, was FROM (
    SELECT 'location_id' AS col, (SELECT key FROM locations WHERE id = old.location_id) AS was WHERE old.location_id IS NOT new.location_id
    UNION ALL SELECT 'name', old.name WHERE old.name IS NOT new.name
    UNION ALL SELECT 'language', old.language WHERE old.language IS NOT new.language
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT new.note
  );
END;
CREATE TRIGGER location_names_deleted AFTER DELETE ON location_names BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'location_names', (SELECT key FROM locations WHERE id = old.location_id) || ' | ' || old.name, 'delete', col, was FROM (
    SELECT 'location_id' AS col, (SELECT key FROM locations WHERE id = old.location_id) AS was WHERE old.location_id IS NOT NULL
    UNION ALL SELECT 'name', old.name WHERE old.name IS NOT NULL
    UNION ALL SELECT 'language', old.language WHERE old.language IS NOT NULL
    UNION ALL SELECT 'note', old.note WHERE old.note IS NOT NULL
  );
END;
