-- Makes a database of this archive, in one transaction: all of it or nothing. From within this folder:
--
--   createdb --template=template0 --encoding=UTF8 --locale=C record
--   psql --no-psqlrc --dbname=record --file=load.sql
--   psql --no-psqlrc --dbname=record --file=roles.sql
--
-- The last is for whoever may make roles.
\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\o /dev/null
BEGIN;
SET LOCAL client_min_messages = warning;
-- Keys, codes and dates are in the order of their bytes, and only A to Z have small letters, as in SQLite.
DO $$ BEGIN
  IF (SELECT datcollate NOT IN ('C', 'POSIX') OR datctype NOT IN ('C', 'POSIX') OR pg_encoding_to_char(encoding) <> 'UTF8'
    FROM pg_database WHERE datname = current_database()) THEN
    RAISE EXCEPTION USING
      MESSAGE = 'cannot load the archive: this database sorts or encodes texts otherwise than the archive does',
      HINT = 'make it with createdb --template=template0 --encoding=UTF8 --locale=C';
  END IF;
END $$;
