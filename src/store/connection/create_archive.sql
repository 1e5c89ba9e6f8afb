-- The one row that says what the file is. Reports and checks follow in the same draft.
INSERT INTO archive (id, format, version, installed, created, title) VALUES (1, 'onrecord', ?1, ?2, ?3, ?4);
