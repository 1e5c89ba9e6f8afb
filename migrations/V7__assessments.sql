-- Verdicts, their evidence, and retractions of verdicts.

-- A verdict on a claim by a named assessor at a time, with the reason. Nothing here is ever
-- changed: a new verdict is a new row.
CREATE TABLE assessments (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The claim.
  claim_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "assessments.claim_id is an integer"
    CHECK (typeof(claim_id) = 'integer'),
  -- The verdict.
  status TEXT NOT NULL REFERENCES statuses (code)
    CONSTRAINT "assessments.status is text, not empty, and at most a million characters"
    CHECK (typeof(status) = 'text' AND trim(status) <> ''
      AND length(status) <= 1000000 AND instr(status, char(0)) = 0),
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
  -- 1 when that moment was stated, 0 when the program filled it in; NULL when not known. No
  -- program writes it yet.
  at_stated INTEGER
    CONSTRAINT "assessments.at_stated is 0 or 1, or NULL"
    CHECK (typeof(at_stated) IN ('integer', 'null') AND at_stated IN (0, 1)),
  -- The reason.
  because TEXT NOT NULL
    CONSTRAINT "assessments.because is text, not empty, and at most a million characters"
    CHECK (typeof(because) = 'text' AND trim(because) <> ''
      AND length(because) <= 1000000 AND instr(because, char(0)) = 0),
  -- Version of the claim that the verdict is about, which a trigger notes; 0 when it is about none
  -- that the claim had in this file. The verdict is stale where the claim has another.
  claim_version INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "assessments.claim_version is an integer, 0 or above"
    CHECK (typeof(claim_version) = 'integer' AND claim_version >= 0),
  -- A publisher's verdict in its own words, of which status is our mapping; NULL for a verdict of
  -- another kind.
  verdict TEXT
    CONSTRAINT "assessments.verdict is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(verdict) IN ('text', 'null') AND trim(verdict) <> ''
      AND length(verdict) <= 1000000 AND instr(verdict, char(0)) = 0)
);
-- Serves the current verdict and the history of a claim.
CREATE INDEX assessments_by_claim ON assessments (claim_id, at);
-- Serves the question which verdicts are stale.
CREATE INDEX assessments_of_changed ON assessments (claim_id) WHERE claim_version <> 1;
-- Serves the delete guard of sources.
CREATE INDEX assessments_by_assessor ON assessments (assessor_id);
-- Serves the delete guard of statuses.
CREATE INDEX assessments_by_status ON assessments (status);

-- Evidence of verdicts: each row names one source, one claim or one figure.
CREATE TABLE assessment_evidence (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
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
    CONSTRAINT "assessment_evidence.locator is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(locator) IN ('text', 'null') AND trim(locator) <> ''
      AND length(locator) <= 1000000 AND instr(locator, char(0)) = 0),
  -- Your note on this piece of evidence; NULL when there is none.
  note TEXT
    CONSTRAINT "assessment_evidence.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0),
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
CREATE UNIQUE INDEX assessment_evidence_once ON assessment_evidence (assessment_id, coalesce(source_id, 0), coalesce(claim_id, 0), coalesce(figure_id, 0), coalesce(locator, ''));

-- Retractions of verdicts: a retracted verdict holds no more, and stays on record. Rows are only added;
-- undoing an undo removes one again.
CREATE TABLE assessment_retractions (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The verdict.
  assessment_id INTEGER NOT NULL REFERENCES assessments (id)
    CONSTRAINT "assessment_retractions.assessment_id is an integer"
    CHECK (typeof(assessment_id) = 'integer'),
  -- When it was retracted (UTC).
  at TEXT NOT NULL
    CONSTRAINT "assessment_retractions.at is UTC, YYYY-MM-DDTHH:MM:SSZ"
    CHECK (typeof(at) = 'text' AND at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z'
      AND date(at, '+0 days') = substr(at, 1, 10) AND substr(at, 12, 2) < '24'
      AND at >= '0001' AND instr(at, char(0)) = 0),
  -- The person who retracted it; NULL when not stated.
  by TEXT
    CONSTRAINT "assessment_retractions.by is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(by) IN ('text', 'null') AND trim(by) <> '' AND length(by) <= 1000000 AND instr(by, char(0)) = 0),
  -- The reason.
  because TEXT NOT NULL
    CONSTRAINT "assessment_retractions.because is text, not empty, and at most a million characters"
    CHECK (typeof(because) = 'text' AND trim(because) <> ''
      AND length(because) <= 1000000 AND instr(because, char(0)) = 0)
);
-- Serves the look-up of the retraction of a verdict.
CREATE INDEX assessment_retractions_by_assessment ON assessment_retractions (assessment_id);
