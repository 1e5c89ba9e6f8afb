-- Verdicts, what they rest on, and the current status that follows from them.

-- A verdict on a claim by a named assessor at a time, with the reason. Nothing here is ever
-- changed: a new verdict is a new row.
CREATE TABLE assessments (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The claim.
  claim_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "assessments.claim_id is an integer"
    CHECK (typeof(claim_id) = 'integer'),
  -- The verdict.
  status TEXT NOT NULL REFERENCES statuses (code)
    CONSTRAINT "assessments.status is text and not empty"
    CHECK (typeof(status) = 'text' AND trim(status) <> '' AND instr(status, char(0)) = 0),
  -- Admiralty credibility 1 to 6 of the information; NULL when not judged.
  credibility INTEGER REFERENCES credibilities (code)
    CONSTRAINT "assessments.credibility is an integer"
    CHECK (typeof(credibility) IN ('integer', 'null')),
  -- The source that gives the verdict.
  assessor_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "assessments.assessor_id is an integer"
    CHECK (typeof(assessor_id) = 'integer'),
  -- When it was given (UTC).
  at TEXT NOT NULL
    CONSTRAINT "assessments.at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(at) = 'text' AND at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(at, '+0 days') = substr(at, 1, 10) AND substr(at, 12, 2) < '24'
      AND at >= '0001' AND instr(at, char(0)) = 0),
  -- The reason.
  because TEXT NOT NULL
    CONSTRAINT "assessments.because is text and not empty"
    CHECK (typeof(because) = 'text' AND trim(because) <> '' AND instr(because, char(0)) = 0),
  -- A publisher's verdict in its own words, where status is our mapping of it; NULL
  -- otherwise.
  verdict TEXT
    CONSTRAINT "assessments.verdict is text, or NULL; never empty"
    CHECK (typeof(verdict) IN ('text', 'null') AND trim(verdict) <> '' AND instr(verdict, char(0)) = 0)
);
-- Serves the current verdict and the history of a claim.
CREATE INDEX assessments_by_claim ON assessments (claim_id, at);
-- Serves the delete guard of sources.
CREATE INDEX assessments_by_assessor ON assessments (assessor_id);
-- Serves the delete guard of statuses.
CREATE INDEX assessments_by_status ON assessments (status);

-- What a verdict rests on: each row names one source, one claim or one figure.
CREATE TABLE assessment_evidence (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The verdict.
  assessment_id INTEGER NOT NULL REFERENCES assessments (id)
    CONSTRAINT "assessment_evidence.assessment_id is an integer"
    CHECK (typeof(assessment_id) = 'integer'),
  -- The source it rests on; NULL when it is a claim or a figure.
  source_id INTEGER REFERENCES sources (id)
    CONSTRAINT "assessment_evidence.source_id is an integer"
    CHECK (typeof(source_id) IN ('integer', 'null')),
  -- The claim it rests on; NULL when it is a source or a figure.
  claim_id INTEGER REFERENCES claims (id)
    CONSTRAINT "assessment_evidence.claim_id is an integer"
    CHECK (typeof(claim_id) IN ('integer', 'null')),
  -- The figure it rests on; NULL when it is a source or a claim.
  figure_id INTEGER REFERENCES figures (id)
    CONSTRAINT "assessment_evidence.figure_id is an integer"
    CHECK (typeof(figure_id) IN ('integer', 'null')),
  -- Where in the source; NULL when not recorded.
  locator TEXT
    CONSTRAINT "assessment_evidence.locator is text, or NULL; never empty"
    CHECK (typeof(locator) IN ('text', 'null') AND trim(locator) <> '' AND instr(locator, char(0)) = 0),
  -- A remark by the archive about this piece of evidence; NULL when there is none.
  note TEXT
    CONSTRAINT "assessment_evidence.note is text, or NULL; never empty"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> '' AND instr(note, char(0)) = 0),
  CONSTRAINT "evidence names one source, one claim or one figure"
    CHECK ((source_id IS NOT NULL) + (claim_id IS NOT NULL) + (figure_id IS NOT NULL) = 1)
);
-- Serves the delete guard.
CREATE INDEX evidence_by_source ON assessment_evidence (source_id);
-- Serves the delete guard.
CREATE INDEX evidence_by_claim ON assessment_evidence (claim_id);
-- Serves the delete guard.
CREATE INDEX evidence_by_figure ON assessment_evidence (figure_id);
-- A verdict names a piece of evidence once.
CREATE UNIQUE INDEX assessment_evidence_once ON assessment_evidence (assessment_id, ifnull(source_id, 0), ifnull(claim_id, 0), ifnull(figure_id, 0), ifnull(locator, ''));

CREATE TRIGGER assessments_insert_guard BEFORE INSERT ON assessments BEGIN
  SELECT RAISE(ABORT, 'assessments: this id is taken; verdicts are append-only; INSERT a newer one')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE id = new.id);
  SELECT RAISE(ABORT, 'assessments.claim_id: no such row in claims')
    WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'assessments.status: no such row in statuses')
    WHERE NOT EXISTS (SELECT 1 FROM statuses WHERE code = new.status);
  SELECT RAISE(ABORT, 'assessments.credibility: no such row in credibilities')
    WHERE new.credibility IS NOT NULL AND NOT EXISTS (SELECT 1 FROM credibilities WHERE code = new.credibility);
  SELECT RAISE(ABORT, 'assessments.assessor_id: no such row in sources')
    WHERE NOT EXISTS (SELECT 1 FROM sources WHERE id = new.assessor_id);
  SELECT RAISE(ABORT, 'assessments.status: this status means that there is no verdict; it cannot be given')
    WHERE EXISTS (SELECT 1 FROM statuses WHERE code = new.status AND assignable = 0);
  SELECT RAISE(ABORT, 'assessments: this verdict, by this assessor, at this time and for this reason, is recorded already')
    WHERE EXISTS (SELECT 1 FROM assessments WHERE claim_id = new.claim_id AND at = new.at
      AND +assessor_id = new.assessor_id AND +status = new.status AND because = new.because);
END;
CREATE TRIGGER assessments_update_guard BEFORE UPDATE ON assessments BEGIN
  SELECT RAISE(ABORT, 'assessments: verdicts are append-only; INSERT a newer one');
END;
CREATE TRIGGER assessments_delete_guard BEFORE DELETE ON assessments BEGIN
  SELECT RAISE(ABORT, 'assessments: verdicts are append-only; INSERT a newer one');
END;

CREATE TRIGGER assessment_evidence_insert_guard BEFORE INSERT ON assessment_evidence BEGIN
  SELECT RAISE(ABORT, 'assessment_evidence: this id is taken; evidence belongs to its verdict and is append-only')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence WHERE id = new.id);
  SELECT RAISE(ABORT, 'assessment_evidence: this evidence is recorded for this verdict already; evidence belongs to its verdict and is append-only')
    WHERE EXISTS (SELECT 1 FROM assessment_evidence AS o WHERE o.assessment_id = new.assessment_id AND +o.source_id IS new.source_id AND +o.claim_id IS new.claim_id
      AND +o.figure_id IS new.figure_id AND o.locator IS new.locator);
  SELECT RAISE(ABORT, 'assessment_evidence.assessment_id: no such row in assessments')
    WHERE NOT EXISTS (SELECT 1 FROM assessments WHERE id = new.assessment_id);
  SELECT RAISE(ABORT, 'assessment_evidence.source_id: no such row in sources')
    WHERE new.source_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE id = new.source_id);
  SELECT RAISE(ABORT, 'assessment_evidence.claim_id: no such row in claims')
    WHERE new.claim_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE id = new.claim_id);
  SELECT RAISE(ABORT, 'assessment_evidence.figure_id: no such row in figures')
    WHERE new.figure_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM figures WHERE id = new.figure_id);
END;
CREATE TRIGGER assessment_evidence_update_guard BEFORE UPDATE ON assessment_evidence BEGIN
  SELECT RAISE(ABORT, 'assessment_evidence: evidence belongs to its verdict and is append-only');
END;
CREATE TRIGGER assessment_evidence_delete_guard BEFORE DELETE ON assessment_evidence BEGIN
  SELECT RAISE(ABORT, 'assessment_evidence: evidence belongs to its verdict and is append-only');
END;

-- The verdict that holds for each claim: the latest (by time, then by row) of archive.desk, else
-- the latest of anyone. A back-dated import does not overwrite a newer verdict.
-- Nb. + keeps SQLite from reading all verdicts of an assessor where those of a claim are few.
CREATE VIEW current_assessments AS
SELECT c.id AS claim_id, coalesce(
  (SELECT a.id FROM assessments AS a
    WHERE a.claim_id = c.id AND +a.assessor_id = (
      SELECT s.id FROM archive AS r JOIN sources AS s ON s.key = r.desk)
    ORDER BY a.at DESC, a.id DESC LIMIT 1),
  (SELECT a.id FROM assessments AS a WHERE a.claim_id = c.id ORDER BY a.at DESC, a.id DESC LIMIT 1)
) AS assessment_id
FROM claims AS c;

-- Keeps claims.status. It writes no revision: the assessment is the record of the change.
CREATE TRIGGER assessments_keep_status AFTER INSERT ON assessments BEGIN
  UPDATE claims SET status = (
      SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
      WHERE k.claim_id = new.claim_id)
    WHERE id = new.claim_id;
END;

-- Another desk, other verdicts: every status follows.
CREATE TRIGGER archive_desk_keeps_status AFTER UPDATE OF desk ON archive WHEN new.desk IS NOT old.desk BEGIN
  UPDATE claims SET status = (
      SELECT a.status FROM current_assessments AS k JOIN assessments AS a ON a.id = k.assessment_id
      WHERE k.claim_id = claims.id)
    WHERE id IN (SELECT claim_id FROM assessments);
END;
