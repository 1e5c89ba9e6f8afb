-- The reports that people made, as SQLite has them. PostgreSQL does not run them; a file that takes the record over does.
CREATE TABLE own_views (
  name text PRIMARY KEY,
  sql text NOT NULL
);
COMMENT ON TABLE own_views IS 'Reports that people made, in the SQL of SQLite: they are views in a file, and not run here.';
