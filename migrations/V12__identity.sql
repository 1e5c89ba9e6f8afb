-- By what one source or place is recognised under different spellings. The program fills these columns;
-- any tool may leave them out, and a change of what they come from empties them until the program writes
-- again.

-- Canonical form of its DOI, arXiv or Handle identifier (of its ISBN, where it is a whole book): sources
-- that share it are one work; NULL when it has none, or while "folded" is NULL.
ALTER TABLE sources ADD COLUMN canonical_identifier TEXT
  CONSTRAINT "sources.canonical_identifier is text, or NULL; not empty, and at most a million characters"
  CHECK (typeof(canonical_identifier) IN ('text', 'null') AND trim(canonical_identifier) <> ''
    AND length(canonical_identifier) <= 1000000 AND instr(canonical_identifier, char(0)) = 0);
-- Its title as titles are compared, in one form of case, space and letter variants; NULL until the
-- program computes it, and then its canonical forms are not computed either.
ALTER TABLE sources ADD COLUMN folded TEXT
  CONSTRAINT "sources.folded is text, or NULL; not empty, and at most a million characters"
  CHECK (typeof(folded) IN ('text', 'null') AND folded <> ''
    AND length(folded) <= 1000000 AND instr(folded, char(0)) = 0);
-- The name as names are compared, in one form of case, space and letter variants; NULL until the program
-- computes it.
ALTER TABLE location_names ADD COLUMN folded TEXT
  CONSTRAINT "location_names.folded is text, or NULL; not empty, and at most a million characters"
  CHECK (typeof(folded) IN ('text', 'null') AND folded <> ''
    AND length(folded) <= 1000000 AND instr(folded, char(0)) = 0);

-- The look-ups that these served go by the new columns.
DROP INDEX sources_by_title;
DROP INDEX sources_by_url;
-- Serve the look-up of a source by its address or identifier, and the sources that share one.
CREATE INDEX sources_by_canonical ON sources (canonical) WHERE canonical IS NOT NULL;
CREATE INDEX sources_by_canonical_identifier ON sources (canonical_identifier)
  WHERE canonical_identifier IS NOT NULL;
-- Serve the look-up of a source or place by its name, when a record has no key; of many sources with one
-- title the address tells which.
CREATE INDEX sources_by_folded ON sources (folded, url);
CREATE INDEX location_names_by_folded ON location_names (folded);
