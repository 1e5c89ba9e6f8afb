-- Keeps the bytes of captured copies as they were found, and the map layer that other programs open.

-- The bytes of a captured copy do not change: another capture is another row.
CREATE TRIGGER sqlar_bytes_guard BEFORE UPDATE OF sz, data ON sqlar
  WHEN EXISTS (SELECT 1 FROM captures WHERE sqlar_id = old.id)
    OR EXISTS (SELECT 1 FROM capture_parts WHERE sqlar_id = old.id) BEGIN
  SELECT RAISE(ABORT, 'sqlar: these bytes are a captured copy and stay as captured; add another copy');
END;

-- The layers of this format stay; other tools may list layers of their own.
CREATE TRIGGER geometry_columns_insert_guard BEFORE INSERT ON geometry_columns BEGIN
  SELECT RAISE(ABORT, 'geometry_columns: this f_table_name is listed already')
    WHERE EXISTS (SELECT 1 FROM geometry_columns WHERE id = new.id OR f_table_name = new.f_table_name);
END;
CREATE TRIGGER geometry_columns_update_guard BEFORE UPDATE ON geometry_columns BEGIN
  SELECT RAISE(ABORT, 'geometry_columns: rows are part of the map layer and stay as they are');
END;
CREATE TRIGGER geometry_columns_delete_guard BEFORE DELETE ON geometry_columns
  WHEN old.f_table_name = 'map_claims' BEGIN
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
  WHEN old.srid = 4326 BEGIN
  SELECT RAISE(ABORT, 'spatial_ref_sys: this row is part of the map layer; it stays');
END;
