-- One point; the columns after geom are those of Point::PROPERTIES.
INSERT INTO claims (geom, claim, text, kind, status, stale, happened, place, place_name, place_kind,
  relation, precision, precision_label, sources)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
