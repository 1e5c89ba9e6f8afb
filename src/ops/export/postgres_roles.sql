-- Roles for those who work with the archive. GRANT onrecord_editor TO somebody; what the rules write, revisions among
-- them, needs no right of its own.
SET client_min_messages = warning;
DO $$
DECLARE role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['onrecord_reader', 'onrecord_editor', 'onrecord_assessor'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role);
    END IF;
  END LOOP;
END $$;
GRANT onrecord_reader TO onrecord_editor;
GRANT onrecord_editor TO onrecord_assessor;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO onrecord_reader;
