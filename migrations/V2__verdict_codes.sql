-- The code lists of verdicts and of sources' quality. Definitions live here, so that any tool
-- can show them.

-- Admiralty credibility of a piece of information, 1 to 6. Wording: US Army FM 2-22.3 (2006),
-- appendix B, table B-2.
CREATE TABLE credibilities (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The number that rows of other tables hold.
  code INTEGER NOT NULL UNIQUE
    CONSTRAINT "credibilities.code is an integer"
    CHECK (typeof(code) = 'integer'),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "credibilities.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "credibilities.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "credibilities.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO credibilities (code, label, definition, rank) VALUES
  (1, 'Confirmed', 'Confirmed by other independent sources; logical in itself; consistent with other information on the subject', 1),
  (2, 'Probably true', 'Not confirmed; logical in itself; consistent with other information on the subject', 2),
  (3, 'Possibly true', 'Not confirmed; reasonably logical in itself; agrees with some other information on the subject', 3),
  (4, 'Doubtfully true', 'Not confirmed; possible but not logical; no other information on the subject', 4),
  (5, 'Improbable', 'Not confirmed; not logical in itself; contradicted by other information on the subject', 5),
  (6, 'Cannot be judged', 'No basis exists for evaluating the validity of the information', 6);

-- Admiralty reliability of a source, A to F. Wording: US Army FM 2-22.3 (2006), appendix B,
-- table B-1.
CREATE TABLE reliabilities (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "reliabilities.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "reliabilities.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "reliabilities.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "reliabilities.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO reliabilities (code, label, definition, rank) VALUES
  ('A', 'Reliable', 'No doubt of authenticity, trustworthiness, or competency; has a history of complete reliability', 1),
  ('B', 'Usually reliable', 'Minor doubt about authenticity, trustworthiness, or competency; has a history of valid information most of the time', 2),
  ('C', 'Fairly reliable', 'Doubt of authenticity, trustworthiness, or competency but has provided valid information in the past', 3),
  ('D', 'Not usually reliable', 'Significant doubt about authenticity, trustworthiness, or competency but has provided valid information in the past', 4),
  ('E', 'Unreliable', 'Lacking in authenticity, trustworthiness, and competency; history of invalid information', 5),
  ('F', 'Cannot be judged', 'No basis exists for evaluating the reliability of the source', 6);

-- Verdicts on a claim, with what each corresponds to elsewhere.
CREATE TABLE statuses (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The word that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "statuses.code is text and not empty"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND instr(code, char(0)) = 0),
  -- The word as people read it.
  label TEXT NOT NULL
    CONSTRAINT "statuses.label is text and not empty"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND instr(label, char(0)) = 0),
  -- What it means, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "statuses.definition is text and not empty"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> '' AND instr(definition, char(0)) = 0),
  -- 1 when an assessment may give it; 0 for the status a claim has before any.
  assignable INTEGER NOT NULL
    CONSTRAINT "statuses.assignable is 0 or 1"
    CHECK (typeof(assignable) = 'integer' AND assignable IN (0, 1)),
  -- The Airwars grading nearest to it (airwars.org, "Methodology"); NULL when none is.
  airwars TEXT
    CONSTRAINT "statuses.airwars is text, or NULL; never empty"
    CHECK (typeof(airwars) IN ('text', 'null') AND trim(airwars) <> '' AND instr(airwars, char(0)) = 0),
  -- The status of Meedan's Check nearest to it; NULL when none is.
  meedan_check TEXT
    CONSTRAINT "statuses.meedan_check is text, or NULL; never empty"
    CHECK (typeof(meedan_check) IN ('text', 'null') AND trim(meedan_check) <> '' AND instr(meedan_check, char(0)) = 0),
  -- The words for schema.org ClaimReview reviewRating.alternateName; NULL when it is not
  -- published as a review.
  claimreview TEXT
    CONSTRAINT "statuses.claimreview is text, or NULL; never empty"
    CHECK (typeof(claimreview) IN ('text', 'null') AND trim(claimreview) <> '' AND instr(claimreview, char(0)) = 0),
  -- reviewRating.ratingValue on a scale from 1 (false) to 5 (true); NULL when it has no place
  -- on that scale.
  claimreview_rating INTEGER
    CONSTRAINT "statuses.claimreview_rating is an integer"
    CHECK (typeof(claimreview_rating) IN ('integer', 'null')),
  -- The Admiralty credibility nearest to it; NULL when none is.
  admiralty INTEGER REFERENCES credibilities (code)
    CONSTRAINT "statuses.admiralty is an integer"
    CHECK (typeof(admiralty) IN ('integer', 'null')),
  -- Place in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "statuses.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO statuses (code, label, definition, assignable, airwars, meedan_check, claimreview, claimreview_rating, admiralty, rank) VALUES
  ('unassessed', 'Unassessed', 'No verdict yet. Derived, never given.', 0, NULL, 'Unstarted', NULL, NULL, NULL, 1),
  ('unverified', 'Unverified', 'Its source says that it is unverified, or someone tried to verify it and could not.', 1, NULL, 'In Progress', 'Unverified', NULL, 6, 2),
  ('reported', 'Reported', 'Stated by a source, not checked.', 1, 'Weak', 'In Progress', 'Reported, not checked', NULL, 6, 3),
  ('corroborated', 'Corroborated', 'Two or more independent origins state it.', 1, 'Fair', 'In Progress', 'Corroborated', 4, 2, 4),
  ('confirmed', 'Confirmed', 'The responsible party or primary evidence bears it out.', 1, 'Confirmed', 'Verified', 'True', 5, 1, 5),
  ('disputed', 'Disputed', 'Contested by another source or by another figure.', 1, 'Contested', 'In Progress', 'Disputed', 3, 4, 6),
  ('refuted', 'Refuted', 'Shown to be false.', 1, 'Discounted', 'False', 'False', 1, 5, 7),
  ('misleading', 'Misleading', 'Real, but out of its context.', 1, NULL, 'False', 'Misleading', 2, NULL, 8),
  ('inconclusive', 'Inconclusive', 'Checked, and cannot be settled.', 1, NULL, 'Inconclusive', 'Inconclusive', NULL, 6, 9),
  ('retracted', 'Retracted', 'Withdrawn by its source.', 1, 'Discounted', 'False', 'Retracted', NULL, NULL, 10);

CREATE TRIGGER credibilities_insert_guard BEFORE INSERT ON credibilities BEGIN
  SELECT RAISE(ABORT, 'credibilities: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM credibilities WHERE id = new.id);
  SELECT RAISE(ABORT, 'credibilities: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM credibilities WHERE code = new.code);
END;
CREATE TRIGGER credibilities_update_guard BEFORE UPDATE ON credibilities BEGIN
  SELECT RAISE(ABORT, 'credibilities: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'credibilities: another row has this code')
    WHERE EXISTS (SELECT 1 FROM credibilities WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER credibilities_updated AFTER UPDATE ON credibilities BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'credibilities', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER credibilities_deleted AFTER DELETE ON credibilities BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'credibilities', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER reliabilities_insert_guard BEFORE INSERT ON reliabilities BEGIN
  SELECT RAISE(ABORT, 'reliabilities: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM reliabilities WHERE id = new.id);
  SELECT RAISE(ABORT, 'reliabilities: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM reliabilities WHERE code = new.code);
END;
CREATE TRIGGER reliabilities_update_guard BEFORE UPDATE ON reliabilities BEGIN
  SELECT RAISE(ABORT, 'reliabilities: id and code are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code;
  SELECT RAISE(ABORT, 'reliabilities: another row has this code')
    WHERE EXISTS (SELECT 1 FROM reliabilities WHERE code = new.code AND id <> old.id);
END;

CREATE TRIGGER reliabilities_updated AFTER UPDATE ON reliabilities BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'reliabilities', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER reliabilities_deleted AFTER DELETE ON reliabilities BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'reliabilities', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;

CREATE TRIGGER statuses_insert_guard BEFORE INSERT ON statuses BEGIN
  SELECT RAISE(ABORT, 'statuses: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM statuses WHERE id = new.id);
  SELECT RAISE(ABORT, 'statuses: this code is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM statuses WHERE code = new.code);
  SELECT RAISE(ABORT, 'statuses.admiralty: no such row in credibilities')
    WHERE new.admiralty IS NOT NULL AND NOT EXISTS (SELECT 1 FROM credibilities WHERE code = new.admiralty);
END;
CREATE TRIGGER statuses_update_guard BEFORE UPDATE ON statuses BEGIN
  SELECT RAISE(ABORT, 'statuses: id and code and assignable are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.code IS NOT old.code OR new.assignable IS NOT old.assignable;
  SELECT RAISE(ABORT, 'statuses: another row has this code')
    WHERE EXISTS (SELECT 1 FROM statuses WHERE code = new.code AND id <> old.id);
  SELECT RAISE(ABORT, 'statuses.admiralty: no such row in credibilities')
    WHERE new.admiralty IS NOT NULL AND NOT EXISTS (SELECT 1 FROM credibilities WHERE code = new.admiralty);
END;

CREATE TRIGGER statuses_updated AFTER UPDATE ON statuses BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'statuses', old.code, 'update', col, was FROM (
    SELECT 'label' AS col, old.label AS was WHERE old.label IS NOT new.label
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT new.definition
    UNION ALL SELECT 'airwars', old.airwars WHERE old.airwars IS NOT new.airwars
    UNION ALL SELECT 'meedan_check', old.meedan_check WHERE old.meedan_check IS NOT new.meedan_check
    UNION ALL SELECT 'claimreview', old.claimreview WHERE old.claimreview IS NOT new.claimreview
    UNION ALL SELECT 'claimreview_rating', old.claimreview_rating WHERE old.claimreview_rating IS NOT new.claimreview_rating
    UNION ALL SELECT 'admiralty', old.admiralty WHERE old.admiralty IS NOT new.admiralty
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT new.rank
  );
END;
CREATE TRIGGER statuses_deleted AFTER DELETE ON statuses BEGIN
  INSERT INTO revisions (by, table_name, row_key, action, column_name, was)
  SELECT (SELECT editor FROM archive), 'statuses', old.code, 'delete', col, was FROM (
    SELECT 'code' AS col, old.code AS was WHERE old.code IS NOT NULL
    UNION ALL SELECT 'label', old.label WHERE old.label IS NOT NULL
    UNION ALL SELECT 'definition', old.definition WHERE old.definition IS NOT NULL
    UNION ALL SELECT 'assignable', old.assignable WHERE old.assignable IS NOT NULL
    UNION ALL SELECT 'airwars', old.airwars WHERE old.airwars IS NOT NULL
    UNION ALL SELECT 'meedan_check', old.meedan_check WHERE old.meedan_check IS NOT NULL
    UNION ALL SELECT 'claimreview', old.claimreview WHERE old.claimreview IS NOT NULL
    UNION ALL SELECT 'claimreview_rating', old.claimreview_rating WHERE old.claimreview_rating IS NOT NULL
    UNION ALL SELECT 'admiralty', old.admiralty WHERE old.admiralty IS NOT NULL
    UNION ALL SELECT 'rank', old.rank WHERE old.rank IS NOT NULL
  );
END;
