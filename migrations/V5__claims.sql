-- Claims, their places, the sources that state them, and the relations between them.

-- One checkable proposition in the archive's own words, made by one or more sources.
CREATE TABLE claims (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- Readable name, unique among claims.
  key TEXT NOT NULL UNIQUE
    CONSTRAINT "claims.key is lower-case letters, digits and single hyphens"
    CHECK (typeof(key) = 'text' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9-]*'
      AND key NOT LIKE '%-' AND key NOT LIKE '%--%' AND length(key) <= 1000000
      AND instr(key, char(0)) = 0),
  -- The proposition, in one sentence.
  text TEXT NOT NULL
    CONSTRAINT "claims.text is text, not empty, and at most a million characters"
    CHECK (typeof(text) = 'text' AND trim(text) <> '' AND length(text) <= 1000000 AND instr(text, char(0)) = 0),
  -- Its kind.
  kind TEXT NOT NULL REFERENCES claim_kinds (code)
    CONSTRAINT "claims.kind is text, not empty, and at most a million characters"
    CHECK (typeof(kind) = 'text' AND trim(kind) <> '' AND length(kind) <= 1000000 AND instr(kind, char(0)) = 0),
  -- When it happened or held (EDTF); NULL when not stated.
  happened TEXT
    CONSTRAINT "claims.happened is text"
    CHECK (typeof(happened) IN ('text', 'null')),
  -- By when a forecast or an intention should come true (EDTF); NULL when not stated or not
  -- such a claim.
  due TEXT
    CONSTRAINT "claims.due is text"
    CHECK (typeof(due) IN ('text', 'null')),
  -- Precision of the date in a data set (UCDP 1 to 5); NULL when no data set states one.
  date_precision INTEGER REFERENCES date_precisions (code)
    CONSTRAINT "claims.date_precision is an integer"
    CHECK (typeof(date_precision) IN ('integer', 'null')),
  -- The current verdict. Kept by triggers from assessments: the latest by archive.desk, else
  -- the latest by anyone.
  status TEXT NOT NULL DEFAULT 'unassessed' REFERENCES statuses (code)
    CONSTRAINT "claims.status is text, not empty, and at most a million characters"
    CHECK (typeof(status) = 'text' AND trim(status) <> ''
      AND length(status) <= 1000000 AND instr(status, char(0)) = 0),
  -- Version of what a verdict is about: the text, kind and dates, the places and figures, and
  -- who contests the claim. It begins at 1. Triggers give it a number that it did not have once
  -- one of these changes after a verdict; undoing the change gives the former number back.
  version INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "claims.version is an integer above 0"
    CHECK (typeof(version) = 'integer' AND version > 0),
  -- The reason why the claim was withdrawn; reports then leave it out. NULL when it is not
  -- withdrawn.
  withdrawn TEXT
    CONSTRAINT "claims.withdrawn is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(withdrawn) IN ('text', 'null') AND trim(withdrawn) <> ''
      AND length(withdrawn) <= 1000000 AND instr(withdrawn, char(0)) = 0),
  -- Your note on this claim; NULL when there is none.
  note TEXT
    CONSTRAINT "claims.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0)
);
-- Serves counts and lists by status.
CREATE INDEX claims_by_status ON claims (status);
-- Serves the question which verdicts are stale: few claims have changed since they were judged.
CREATE INDEX claims_changed ON claims (version) WHERE version > 1;

-- Places where a claim is said to have happened or to hold.
CREATE TABLE claim_locations (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The claim.
  claim_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "claim_locations.claim_id is an integer"
    CHECK (typeof(claim_id) = 'integer'),
  -- The place.
  location_id INTEGER NOT NULL REFERENCES locations (id)
    CONSTRAINT "claim_locations.location_id is an integer"
    CHECK (typeof(location_id) = 'integer'),
  -- The relation of the claim to the place.
  relation TEXT NOT NULL DEFAULT 'at' REFERENCES place_relations (code)
    CONSTRAINT "claim_locations.relation is text, not empty, and at most a million characters"
    CHECK (typeof(relation) = 'text' AND trim(relation) <> ''
      AND length(relation) <= 1000000 AND instr(relation, char(0)) = 0),
  -- The words of the source for the place; NULL when they are its name.
  words TEXT
    CONSTRAINT "claim_locations.words is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(words) IN ('text', 'null') AND trim(words) <> ''
      AND length(words) <= 1000000 AND instr(words, char(0)) = 0),
  -- Your note on this place of the claim; NULL when there is none.
  note TEXT
    CONSTRAINT "claim_locations.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0),
  UNIQUE (claim_id, location_id, relation)
);
-- Serves "what is claimed of this place?" and the delete guard.
CREATE INDEX claim_locations_by_location ON claim_locations (location_id);

-- Statements and denials of claims by sources, with the speaker, the stance and the hedge.
CREATE TABLE mentions (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The claim.
  claim_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "mentions.claim_id is an integer"
    CHECK (typeof(claim_id) = 'integer'),
  -- The document, footage or other source that carries it.
  source_id INTEGER NOT NULL REFERENCES sources (id)
    CONSTRAINT "mentions.source_id is an integer"
    CHECK (typeof(source_id) = 'integer'),
  -- The source that says it there; NULL when the document says it in its own voice.
  speaker_id INTEGER REFERENCES sources (id)
    CONSTRAINT "mentions.speaker_id is an integer"
    CHECK (typeof(speaker_id) IN ('integer', 'null')),
  -- The stance of the source towards the claim.
  stance TEXT NOT NULL DEFAULT 'asserts' REFERENCES stances (code)
    CONSTRAINT "mentions.stance is text, not empty, and at most a million characters"
    CHECK (typeof(stance) = 'text' AND trim(stance) <> ''
      AND length(stance) <= 1000000 AND instr(stance, char(0)) = 0),
  -- How far the source distances itself from the statement.
  hedge TEXT NOT NULL DEFAULT 'none' REFERENCES hedges (code)
    CONSTRAINT "mentions.hedge is text, not empty, and at most a million characters"
    CHECK (typeof(hedge) = 'text' AND trim(hedge) <> '' AND length(hedge) <= 1000000 AND instr(hedge, char(0)) = 0),
  -- Where in the source: a paragraph, a page, a time; NULL when not recorded.
  locator TEXT
    CONSTRAINT "mentions.locator is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(locator) IN ('text', 'null') AND trim(locator) <> ''
      AND length(locator) <= 1000000 AND instr(locator, char(0)) = 0),
  -- A short quotation in the source's language; NULL when none is kept.
  quote TEXT
    CONSTRAINT "mentions.quote is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(quote) IN ('text', 'null') AND trim(quote) <> ''
      AND length(quote) <= 1000000 AND instr(quote, char(0)) = 0),
  -- When it was said (EDTF); NULL when not stated.
  said_on TEXT
    CONSTRAINT "mentions.said_on is text"
    CHECK (typeof(said_on) IN ('text', 'null')),
  -- Your note on this mention; NULL when there is none.
  note TEXT
    CONSTRAINT "mentions.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0)
);
-- Serves "what does this source state?" and the delete guard.
CREATE INDEX mentions_by_source ON mentions (source_id);
-- Serves "what does this speaker say?" and the delete guard.
CREATE INDEX mentions_by_speaker ON mentions (speaker_id);
-- A source states a claim once at a place in it, by a speaker; NULLs count as equal here, which
-- a UNIQUE constraint would not do.
CREATE UNIQUE INDEX mentions_once ON mentions (claim_id, source_id, coalesce(speaker_id, 0), coalesce(locator, ''), stance);
-- Serves the question whether an origin took a claim back.
CREATE INDEX mentions_retracting ON mentions (claim_id) WHERE stance = 'retracts';

-- Relations between two claims.
CREATE TABLE claim_links (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The claim that bears on the other.
  from_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "claim_links.from_id is an integer"
    CHECK (typeof(from_id) = 'integer'),
  -- The relation.
  relation TEXT NOT NULL REFERENCES link_relations (code)
    CONSTRAINT "claim_links.relation is text, not empty, and at most a million characters"
    CHECK (typeof(relation) = 'text' AND trim(relation) <> ''
      AND length(relation) <= 1000000 AND instr(relation, char(0)) = 0),
  -- The other claim.
  to_id INTEGER NOT NULL REFERENCES claims (id)
    CONSTRAINT "claim_links.to_id is an integer"
    CHECK (typeof(to_id) = 'integer'),
  -- Your note on this link; NULL when there is none.
  note TEXT
    CONSTRAINT "claim_links.note is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(note) IN ('text', 'null') AND trim(note) <> ''
      AND length(note) <= 1000000 AND instr(note, char(0)) = 0),
  UNIQUE (from_id, relation, to_id),
  CONSTRAINT "a claim is not linked to itself"
    CHECK (from_id <> to_id)
);
-- Serves links read from the other end and the delete guard.
CREATE INDEX claim_links_by_target ON claim_links (to_id);
