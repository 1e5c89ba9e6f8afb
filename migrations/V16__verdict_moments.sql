-- rewrites tables
-- A verdict says whether its moment was stated. One whose moment is that of the import which brought it had
-- none. The index on verdicts of a claim follows the order in which they hold.

-- A verdict on a claim by a named assessor at a time, with the reason. Nothing here is ever
-- changed: a new verdict is a new row.
CREATE TABLE assessments_rebuilt (
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
  -- 0 when nothing said when it was given, and the moment is that of recording; else 1. Such a verdict
  -- holds only where no dated one does.
  at_stated INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "assessments.at_stated is 0 or 1"
    CHECK (typeof(at_stated) = 'integer' AND at_stated IN (0, 1)),
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
INSERT INTO assessments_rebuilt (id, claim_id, status, credibility, assessor_id, at, at_stated, because,
    claim_version, verdict)
  SELECT a.id, a.claim_id, a.status, a.credibility, a.assessor_id, a.at,
    coalesce(a.at_stated, NOT EXISTS (
      SELECT 1 FROM operation_ranges AS r JOIN operations AS o ON o.id = r.operation_id
      WHERE r.table_name = 'assessments' AND a.id BETWEEN r.first_id AND r.last_id
        AND o.command = 'import' AND o.at = a.at)),
    a.because, a.claim_version, a.verdict
  FROM assessments AS a;
-- An id that was given once is never given again.
DELETE FROM sqlite_sequence WHERE name = 'assessments_rebuilt';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'assessments_rebuilt', seq FROM sqlite_sequence WHERE name = 'assessments';
DROP TABLE assessments;
ALTER TABLE assessments_rebuilt RENAME TO assessments;
-- Serves the current verdict and the history of a claim.
CREATE INDEX assessments_by_claim ON assessments (claim_id, at_stated, at);
-- Serves the question which verdicts are stale.
CREATE INDEX assessments_of_changed ON assessments (claim_id) WHERE claim_version <> 1;
-- Serves the delete guard of sources.
CREATE INDEX assessments_by_assessor ON assessments (assessor_id);
-- Serves the delete guard of statuses.
CREATE INDEX assessments_by_status ON assessments (status);
