-- The claims as a map layer that GDAL and QGIS open from this file, by the convention of FDO: a
-- view with the shape as text, listed in geometry_columns.

-- Which view is a layer.
CREATE TABLE geometry_columns (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The view.
  f_table_name VARCHAR NOT NULL UNIQUE,
  -- Its column that holds the shape.
  f_geometry_column VARCHAR NOT NULL,
  -- 1: points.
  geometry_type INTEGER NOT NULL,
  -- 2: longitude and latitude.
  coord_dimension INTEGER NOT NULL,
  -- The coordinate system, a row of spatial_ref_sys.
  srid INTEGER NOT NULL,
  -- How the shape is written: WKT, well-known text.
  geometry_format VARCHAR NOT NULL
);

-- The coordinate systems in use.
CREATE TABLE spatial_ref_sys (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Number by which geometry_columns names it.
  srid INTEGER NOT NULL UNIQUE,
  -- Who numbered it.
  auth_name TEXT NOT NULL,
  -- Its number there.
  auth_srid TEXT NOT NULL,
  -- Its definition as well-known text.
  srtext TEXT NOT NULL
);
INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext) VALUES (4326, 'EPSG', '4326',
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]');
INSERT INTO geometry_columns
  (f_table_name, f_geometry_column, geometry_type, coord_dimension, srid, geometry_format)
  VALUES ('map_claims', 'geometry', 1, 2, 4326, 'WKT');

-- One point for each claim at each of its places that has coordinates. "precision" says what the
-- point stands for: a district's point is not where something happened.
CREATE VIEW map_claims AS
SELECT cl.id AS _rowid_, c.key AS claim, c.text, c.kind, c.status, c.happened,
  l.key AS place, l.name AS place_name, l.kind AS place_kind, cl.relation,
  l.precision, p.label AS precision_label,
  (SELECT group_concat(key, ' ') FROM (
    SELECT DISTINCT s.key FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
    WHERE m.claim_id = c.id ORDER BY s.key)) AS sources,
  'POINT (' || l.lon || ' ' || l.lat || ')' AS geometry
FROM claim_locations AS cl
JOIN claims AS c ON c.id = cl.claim_id
JOIN locations AS l ON l.id = cl.location_id
LEFT JOIN location_precisions AS p ON p.code = l.precision
WHERE l.lat IS NOT NULL AND c.withdrawn IS NULL;

-- The layers of this format stay; other tools may list layers of their own.
CREATE TRIGGER geometry_columns_insert_guard BEFORE INSERT ON geometry_columns BEGIN
  SELECT RAISE(ABORT, 'geometry_columns: this f_table_name is listed already')
    WHERE EXISTS (SELECT 1 FROM geometry_columns WHERE id = new.id OR f_table_name = new.f_table_name);
END;
CREATE TRIGGER geometry_columns_update_guard BEFORE UPDATE ON geometry_columns BEGIN
  SELECT RAISE(ABORT, 'geometry_columns: rows are part of the map layer and stay as they are');
END;
CREATE TRIGGER geometry_columns_delete_guard BEFORE DELETE ON geometry_columns
  WHEN old.f_table_name IN ('map_claims', 4326) BEGIN
  SELECT RAISE(ABORT, 'geometry_columns: this row is part of the map layer; it stays');
END;
CREATE TRIGGER spatial_ref_sys_insert_guard BEFORE INSERT ON spatial_ref_sys BEGIN
  SELECT RAISE(ABORT, 'spatial_ref_sys: this srid is listed already')
    WHERE EXISTS (SELECT 1 FROM spatial_ref_sys WHERE id = new.id OR srid = new.srid);
END;
CREATE TRIGGER spatial_ref_sys_update_guard BEFORE UPDATE ON spatial_ref_sys BEGIN
  SELECT RAISE(ABORT, 'spatial_ref_sys: rows are part of the map layer and stay as they are');
END;
CREATE TRIGGER spatial_ref_sys_delete_guard BEFORE DELETE ON spatial_ref_sys
  WHEN old.srid IN ('map_claims', 4326) BEGIN
  SELECT RAISE(ABORT, 'spatial_ref_sys: this row is part of the map layer; it stays');
END;
