-- Keeps all figures anew, as in an archive of an older program, or where a trigger was missing.
DELETE FROM kept_figures;
INSERT INTO kept_figures SELECT * FROM computed_figures;
