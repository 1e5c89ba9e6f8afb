-- Compiling a view to machine code takes longer than to run it.
DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'the database is not yours: SET jit = off in each session, without which reports take seconds to begin';
END $$;
ANALYZE;
COMMIT;
