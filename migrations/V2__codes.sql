-- The code lists: closed vocabularies with their definitions, kept in tables so that any tool can show
-- them and a desk can add to them.

-- Admiralty credibility of a piece of information, 1 to 6. Wording: US Army FM 2-22.3 (2006),
-- appendix B, table B-2.
CREATE TABLE credibilities (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold, a number.
  code INTEGER NOT NULL UNIQUE
    CONSTRAINT "credibilities.code is an integer"
    CHECK (typeof(code) = 'integer'),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "credibilities.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "credibilities.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Position in lists, lowest first.
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
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "reliabilities.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "reliabilities.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "reliabilities.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Position in lists, lowest first.
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

-- Statuses of claims, with the nearest word of other gradings.
CREATE TABLE statuses (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "statuses.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "statuses.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "statuses.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- 1 when an assessment may give it; 0 for the status of a claim that has none.
  assignable INTEGER NOT NULL
    CONSTRAINT "statuses.assignable is 0 or 1"
    CHECK (typeof(assignable) = 'integer' AND assignable IN (0, 1)),
  -- The Airwars grading nearest to it (airwars.org, "Methodology"); NULL when none is.
  airwars TEXT
    CONSTRAINT "statuses.airwars is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(airwars) IN ('text', 'null') AND trim(airwars) <> ''
      AND length(airwars) <= 1000000 AND instr(airwars, char(0)) = 0),
  -- The status of Meedan's Check nearest to it; NULL when none is.
  meedan_check TEXT
    CONSTRAINT "statuses.meedan_check is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(meedan_check) IN ('text', 'null') AND trim(meedan_check) <> ''
      AND length(meedan_check) <= 1000000 AND instr(meedan_check, char(0)) = 0),
  -- The words for schema.org ClaimReview reviewRating.alternateName; NULL when it is not
  -- published as a review.
  claimreview TEXT
    CONSTRAINT "statuses.claimreview is text, or NULL; not empty, and at most a million characters"
    CHECK (typeof(claimreview) IN ('text', 'null') AND trim(claimreview) <> ''
      AND length(claimreview) <= 1000000 AND instr(claimreview, char(0)) = 0),
  -- reviewRating.ratingValue on a scale from 1 (false) to 5 (true); NULL when it has no place
  -- on that scale.
  claimreview_rating INTEGER
    CONSTRAINT "statuses.claimreview_rating is an integer"
    CHECK (typeof(claimreview_rating) IN ('integer', 'null')),
  -- The Admiralty credibility nearest to it; NULL when none is.
  admiralty INTEGER REFERENCES credibilities (code)
    CONSTRAINT "statuses.admiralty is an integer"
    CHECK (typeof(admiralty) IN ('integer', 'null')),
  -- Position in lists, lowest first.
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

-- Kinds of source.
CREATE TABLE source_kinds (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "source_kinds.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "source_kinds.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "source_kinds.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- 1 when it can speak: a person, a body, an unnamed party; 0 otherwise.
  is_party INTEGER NOT NULL
    CONSTRAINT "source_kinds.is_party is 0 or 1"
    CHECK (typeof(is_party) = 'integer' AND is_party IN (0, 1)),
  -- 1 when the source is known by name; 0 when only by a description.
  is_named INTEGER NOT NULL DEFAULT 1
    CONSTRAINT "source_kinds.is_named is 0 or 1"
    CHECK (typeof(is_named) = 'integer' AND is_named IN (0, 1)),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "source_kinds.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO source_kinds (code, label, definition, is_party, is_named, rank) VALUES
  ('article', 'Article', 'A news article, feature or wire story.', 0, 1, 1),
  ('report', 'Report', 'A report, study, letter or official document.', 0, 1, 2),
  ('review', 'Review', 'A published fact-check.', 0, 1, 3),
  ('post', 'Post', 'A post on a social network or messaging channel.', 0, 1, 4),
  ('page', 'Page', 'A web page that is none of these.', 0, 1, 5),
  ('book', 'Book', 'A book or a part of one.', 0, 1, 6),
  ('dataset', 'Data set', 'A table or database of records.', 0, 1, 7),
  ('video', 'Video', 'Moving pictures.', 0, 1, 8),
  ('image', 'Image', 'A photograph, picture or map.', 0, 1, 9),
  ('audio', 'Audio', 'Sound.', 0, 1, 10),
  ('broadcast', 'Broadcast', 'A radio or television programme.', 0, 1, 11),
  ('person', 'Person', 'A named person.', 1, 1, 12),
  ('organisation', 'Organisation', 'A named body: ministry, company, agency, armed group, outlet.', 1, 1, 13),
  ('unnamed', 'Unnamed party', 'Someone known only by a description, such as "a security source".', 1, 0, 14);

-- Ways in which one source draws on another.
CREATE TABLE origin_relations (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "origin_relations.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "origin_relations.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "origin_relations.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- 1 when the source repeats the whole text, and so is never independent of the other; 0 when it
  -- repeats a part.
  whole_text INTEGER NOT NULL
    CONSTRAINT "origin_relations.whole_text is 0 or 1"
    CHECK (typeof(whole_text) = 'integer' AND whole_text IN (0, 1)),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "origin_relations.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO origin_relations (code, label, definition, whole_text, rank) VALUES
  ('translates', 'translates', 'A translation of it.', 1, 1),
  ('syndicates', 'syndicates', 'Carries it under agreement, as with a wire story.', 1, 2),
  ('copies', 'copies', 'Repeats it without saying so.', 1, 3),
  ('quotes', 'quotes', 'Quotes words from it.', 0, 4),
  ('cites', 'cites', 'Refers to it or shows it for some of what it says.', 0, 5),
  ('revises', 'revises', 'A later version of it, changed.', 0, 6),
  ('speaks_for', 'speaks for', 'A person or unnamed party speaks for a body.', 0, 7);

-- Kinds of claim.
CREATE TABLE claim_kinds (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "claim_kinds.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "claim_kinds.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "claim_kinds.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "claim_kinds.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO claim_kinds (code, label, definition, rank) VALUES
  ('event', 'Event', 'Something happened.', 1),
  ('state', 'State', 'Something holds or held over a time.', 2),
  ('quantity', 'Quantity', 'Something amounts to a number.', 3),
  ('forecast', 'Forecast', 'Something will or may happen.', 4),
  ('intention', 'Intention', 'Someone means to do something.', 5),
  ('opinion', 'Opinion', 'Someone judges something.', 6),
  ('unsorted', 'Not sorted', 'Taken in from elsewhere; nobody has said yet what sort of claim it is.', 7);

-- Stances of a source towards a claim that it mentions.
CREATE TABLE stances (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "stances.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "stances.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "stances.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- 1 when the mention counts towards the claim's origins; 0 otherwise.
  counts INTEGER NOT NULL
    CONSTRAINT "stances.counts is 0 or 1"
    CHECK (typeof(counts) = 'integer' AND counts IN (0, 1)),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "stances.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO stances (code, label, definition, counts, rank) VALUES
  ('asserts', 'asserts', 'States that it is so.', 1, 1),
  ('supports', 'supports', 'Shows or says something that bears it out.', 1, 2),
  ('disputes', 'disputes', 'Calls it into question.', 0, 3),
  ('denies', 'denies', 'States that it is not so.', 0, 4),
  ('retracts', 'retracts', 'Takes back its own statement.', 0, 5);

-- Hedges: how far a source distances itself from a statement that it carries.
CREATE TABLE hedges (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "hedges.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "hedges.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "hedges.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "hedges.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO hedges (code, label, definition, rank) VALUES
  ('none', 'no hedge', 'Stated as fact.', 1),
  ('reported', 'reported', 'Said to be so: reportedly, according to others.', 2),
  ('alleged', 'alleged', 'Said to be so at arm''s length: allegedly, purportedly, appears to.', 3),
  ('unconfirmed', 'unconfirmed', 'Said not to be confirmed or verified.', 4),
  ('estimated', 'estimated', 'Given as an estimate.', 5),
  ('possible', 'possible', 'Could, may or might be so.', 6),
  ('feared', 'feared', 'Feared or warned of.', 7);

-- Relations between two claims.
CREATE TABLE link_relations (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "link_relations.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "link_relations.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "link_relations.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- 1 when it holds in both directions, so that one row states it for both; 0 otherwise.
  symmetric INTEGER NOT NULL
    CONSTRAINT "link_relations.symmetric is 0 or 1"
    CHECK (typeof(symmetric) = 'integer' AND symmetric IN (0, 1)),
  -- 1 when the two claims conflict as they stand; 0 otherwise.
  conflict INTEGER NOT NULL
    CONSTRAINT "link_relations.conflict is 0 or 1"
    CHECK (typeof(conflict) = 'integer' AND conflict IN (0, 1)),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "link_relations.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO link_relations (code, label, definition, symmetric, conflict, rank) VALUES
  ('contradicts', 'contradicts', 'Not both can be true.', 1, 1, 1),
  ('in_tension_with', 'is in tension with', 'Both can be true, but hardly as they stand.', 1, 1, 2),
  ('supports', 'supports', 'The one makes the other likelier.', 0, 0, 3),
  ('updates', 'updates', 'The one gives a later state of what the other says.', 0, 0, 4),
  ('corrects', 'corrects', 'The one puts the other right.', 0, 1, 5),
  ('duplicates', 'duplicates', 'Both say the same.', 1, 0, 6),
  ('part_of', 'is part of', 'The one is a part of the other.', 0, 0, 7);

-- Stated exactness of a figure, with the tolerance that figure_bounds uses. Anyone may change the
-- tolerances; the change leaves a revision.
CREATE TABLE qualifiers (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "qualifiers.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "qualifiers.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "qualifiers.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Part of the value by which the true number may lie below it (0.1 = 10 %); NULL when there
  -- is no bound below.
  below_factor NUMERIC
    CONSTRAINT "qualifiers.below_factor is a finite number"
    CHECK (typeof(below_factor) IN ('integer', 'real', 'null') AND below_factor BETWEEN -1.7e308 AND 1.7e308),
  -- Part of the value by which the true number may lie above it; NULL when there is no bound
  -- above.
  above_factor NUMERIC
    CONSTRAINT "qualifiers.above_factor is a finite number"
    CHECK (typeof(above_factor) IN ('integer', 'real', 'null') AND above_factor BETWEEN -1.7e308 AND 1.7e308),
  -- Further tolerance below the value, in the figure's unit; 0 when none.
  below_absolute NUMERIC NOT NULL DEFAULT 0
    CONSTRAINT "qualifiers.below_absolute is a finite number"
    CHECK (typeof(below_absolute) IN ('integer', 'real') AND below_absolute BETWEEN -1.7e308 AND 1.7e308),
  -- Further tolerance above the value, in the figure's unit; 0 when none.
  above_absolute NUMERIC NOT NULL DEFAULT 0
    CONSTRAINT "qualifiers.above_absolute is a finite number"
    CHECK (typeof(above_absolute) IN ('integer', 'real') AND above_absolute BETWEEN -1.7e308 AND 1.7e308),
  -- Lower bound of a figure that has the word alone and no number; NULL when the word gives
  -- none.
  least NUMERIC
    CONSTRAINT "qualifiers.least is a finite number"
    CHECK (typeof(least) IN ('integer', 'real', 'null') AND least BETWEEN -1.7e308 AND 1.7e308),
  -- Upper bound of a figure that has the word alone and no number; NULL when the word gives
  -- none.
  most NUMERIC
    CONSTRAINT "qualifiers.most is a finite number"
    CHECK (typeof(most) IN ('integer', 'real', 'null') AND most BETWEEN -1.7e308 AND 1.7e308),
  -- 1 when the lower bound itself is excluded ("over 50"); 0 otherwise.
  excludes_low INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "qualifiers.excludes_low is 0 or 1"
    CHECK (typeof(excludes_low) = 'integer' AND excludes_low IN (0, 1)),
  -- 1 when the upper bound itself is excluded ("under 50"); 0 otherwise.
  excludes_high INTEGER NOT NULL DEFAULT 0
    CONSTRAINT "qualifiers.excludes_high is 0 or 1"
    CHECK (typeof(excludes_high) = 'integer' AND excludes_high IN (0, 1)),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "qualifiers.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO qualifiers (code, label, definition, below_factor, above_factor, least, most, excludes_low, excludes_high, rank) VALUES
  ('exact', 'exactly', 'The number as it stands.', 0, 0, NULL, NULL, 0, 0, 1),
  ('about', 'about', 'Near the number, on either side: about, around, roughly, some; a fraction in words.', 0.1, 0.1, NULL, NULL, 0, 0, 2),
  ('nearly', 'nearly', 'Just short of the number: nearly, almost, close to.', 0.1, 0, NULL, NULL, 0, 1, 3),
  ('over', 'over', 'More than the number.', 0, NULL, NULL, NULL, 1, 0, 4),
  ('at_least', 'at least', 'The number or more.', 0, NULL, NULL, NULL, 0, 0, 5),
  ('under', 'under', 'Less than the number.', NULL, 0, NULL, NULL, 0, 1, 6),
  ('at_most', 'at most', 'The number or less: at most, up to.', NULL, 0, NULL, NULL, 0, 0, 7),
  ('between', 'between', 'From the low to the high end as stated.', 0, 0, NULL, NULL, 0, 0, 8),
  ('several', 'several', 'The word alone: more than two.', 0, 0, 3, NULL, 0, 0, 9),
  ('tens', 'tens', 'The word alone: 20 to 99.', 0, 0, 20, 99, 0, 0, 10),
  ('dozens', 'dozens', 'The word alone: 24 to 99.', 0, 0, 24, 99, 0, 0, 11),
  ('hundreds', 'hundreds', 'The word alone: 200 to 999.', 0, 0, 200, 999, 0, 0, 12),
  ('thousands', 'thousands', 'The word alone: 2,000 to 9,999.', 0, 0, 2000, 9999, 0, 0, 13),
  ('tens_of_thousands', 'tens of thousands', 'The words alone: 20,000 to 99,999.', 0, 0, 20000, 99999, 0, 0, 14),
  ('none', 'none', 'The source says in words that there were none.', 0, 0, 0, 0, 0, 0, 15),
  ('unknown', 'unknown', 'The source says that the number is not known.', NULL, NULL, NULL, NULL, 0, 0, 16),
  ('unquantified', 'no number said', 'An amount is meant, and no number is said ("months of siege").', NULL, NULL, NULL, NULL, 0, 0, 17);

-- Ways in which a measured number changes with time, which decide the figures that are compared.
CREATE TABLE growths (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "growths.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "growths.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "growths.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "growths.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO growths (code, label, definition, rank) VALUES
  ('constant', 'Constant', 'Does not change; figures are always compared.', 1),
  ('level', 'Level', 'Goes up and down; figures of one day are compared, a later one is an update.', 2),
  ('cumulative', 'Cumulative', 'Only grows from its start; a later rise is an update, a later fall a conflict.', 3),
  ('per_period', 'Per period', 'Belongs to a period; figures of the same period are compared.', 4);

-- Kinds of thing that measures count.
CREATE TABLE dimensions (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "dimensions.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "dimensions.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "dimensions.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "dimensions.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO dimensions (code, label, definition, rank) VALUES
  ('people', 'People', 'Persons.', 1),
  ('money', 'Money', 'A sum in a currency.', 2),
  ('share', 'Share', 'A part of a whole, as a fraction of 1.', 3),
  ('ratio', 'Ratio', 'How many times as much.', 4),
  ('duration', 'Duration', 'A length of time.', 5),
  ('distance', 'Distance', 'A length.', 6),
  ('area', 'Area', 'A surface.', 7),
  ('districts', 'Districts', 'Administrative districts.', 8),
  ('places', 'Places', 'Towns, posts, sites and other places.', 9),
  ('objects', 'Objects', 'Vehicles, weapons, pylons and other things.', 10),
  ('events', 'Events', 'Attacks, incidents and other events.', 11);

-- Kinds of place.
CREATE TABLE location_kinds (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "location_kinds.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "location_kinds.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "location_kinds.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "location_kinds.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO location_kinds (code, label, definition, rank) VALUES
  ('region', 'Region', 'Part of the world above or across countries.', 1),
  ('country', 'Country', 'A state.', 2),
  ('province', 'Province', 'First-order division of a country.', 3),
  ('district', 'District', 'Second-order division of a country.', 4),
  ('area', 'Area', 'A region of a country with no administration of its own, such as "the north".', 5),
  ('city', 'City', 'A large town.', 6),
  ('town', 'Town', 'A town.', 7),
  ('village', 'Village', 'A village or hamlet.', 8),
  ('quarter', 'Quarter', 'A part of a city or town.', 9),
  ('site', 'Site', 'A building, base, road, bridge, crossing or other point.', 10),
  ('sea', 'Sea', 'Waters or airspace.', 11);

-- Precision of coordinates, 1 (exact) to 7. UCDP GED codebook, where_prec.
CREATE TABLE location_precisions (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold, a number.
  code INTEGER NOT NULL UNIQUE
    CONSTRAINT "location_precisions.code is an integer"
    CHECK (typeof(code) = 'integer'),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "location_precisions.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "location_precisions.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "location_precisions.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO location_precisions (code, label, definition, rank) VALUES
  (1, 'Exact', 'The exact location is known.', 1),
  (2, 'Within 25 km', 'Near a known point, within about 25 km of it.', 2),
  (3, 'District', 'Known to the second-order division; the point stands for it.', 3),
  (4, 'Province', 'Known to the first-order division; the point stands for it.', 4),
  (5, 'Linear or fuzzy', 'A border, river, road or area that is no administrative division; the point stands for it.', 5),
  (6, 'Country', 'Known to the country; the point stands for it.', 6),
  (7, 'Sea or air', 'International waters or airspace; the point stands for it.', 7);

-- Precision of the date of an event in a data set, 1 (the day) to 5. UCDP GED codebook, date_prec.
CREATE TABLE date_precisions (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold, a number.
  code INTEGER NOT NULL UNIQUE
    CONSTRAINT "date_precisions.code is an integer"
    CHECK (typeof(code) = 'integer'),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "date_precisions.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "date_precisions.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "date_precisions.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO date_precisions (code, label, definition, rank) VALUES
  (1, 'Day', 'The exact day is known.', 1),
  (2, 'Days', 'Two to six days.', 2),
  (3, 'Week', 'A week.', 3),
  (4, 'Month', 'Eight days to a month.', 4),
  (5, 'Year', 'More than a month, up to a year.', 5);

-- Relations of a claim to a place.
CREATE TABLE place_relations (
  -- Row number in this file, never reused; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY AUTOINCREMENT CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The code that rows of other tables hold.
  code TEXT NOT NULL UNIQUE
    CONSTRAINT "place_relations.code is text, not empty, and at most a million characters"
    CHECK (typeof(code) = 'text' AND trim(code) <> '' AND length(code) <= 1000000 AND instr(code, char(0)) = 0),
  -- The label that people read.
  label TEXT NOT NULL
    CONSTRAINT "place_relations.label is text, not empty, and at most a million characters"
    CHECK (typeof(label) = 'text' AND trim(label) <> '' AND length(label) <= 1000000 AND instr(label, char(0)) = 0),
  -- Definition, in one or two sentences.
  definition TEXT NOT NULL
    CONSTRAINT "place_relations.definition is text, not empty, and at most a million characters"
    CHECK (typeof(definition) = 'text' AND trim(definition) <> ''
      AND length(definition) <= 1000000 AND instr(definition, char(0)) = 0),
  -- 1 when the claim counts for the places that hold this one; 0 when it may lie outside them.
  counts_upward INTEGER NOT NULL
    CONSTRAINT "place_relations.counts_upward is 0 or 1"
    CHECK (typeof(counts_upward) = 'integer' AND counts_upward IN (0, 1)),
  -- Position in lists, lowest first.
  rank INTEGER NOT NULL
    CONSTRAINT "place_relations.rank is an integer"
    CHECK (typeof(rank) = 'integer')
);

INSERT INTO place_relations (code, label, definition, counts_upward, rank) VALUES
  ('at', 'at', 'At the place or in all of it.', 1, 1),
  ('within', 'within', 'Somewhere inside the place.', 1, 2),
  ('unnamed_within', 'unnamed, within', 'At a place that is not named, inside this one ("another district").', 1, 3),
  ('near', 'near', 'Close to the place, not said to be inside.', 0, 4),
  ('toward', 'toward', 'In the direction of the place.', 0, 5);
