-- What stands behind each claim, kept so that no question has to work it out from every mention and every
-- source. The program fills these tables. Whatever a kept row rests on may change in any tool: triggers
-- note the claim, or the source behind claims, and the views work out anew what is noted. So the views are
-- right at any moment, and only their speed depends on the program.

-- How much stands behind each claim.
CREATE TABLE kept_weights (
  -- The claim.
  claim_id INTEGER PRIMARY KEY,
  -- Times that a source states it or bears it out.
  mentions INTEGER NOT NULL,
  -- Times that a source disputes it, denies it or takes it back.
  denials INTEGER NOT NULL,
  -- Outlets that state it; a source without an outlet stands for itself.
  outlets INTEGER NOT NULL,
  -- Speakers, named or not, who state it.
  speakers INTEGER NOT NULL,
  -- Independent origins, those without a name among them.
  origins INTEGER NOT NULL,
  -- Of these, known by a description only.
  unnamed INTEGER NOT NULL,
  -- Of the origins, those that took it back.
  took_back INTEGER NOT NULL
);

-- The independent origins of each claim.
CREATE TABLE kept_origins (
  -- The claim.
  claim_id INTEGER NOT NULL,
  -- The source that is an independent origin of it.
  origin_id INTEGER NOT NULL,
  -- 1 when that origin took the claim back; else 0.
  took_back INTEGER NOT NULL,
  PRIMARY KEY (claim_id, origin_id)
);

-- Claims whose kept rows no longer hold, or that have none yet.
CREATE TABLE outdated_claims (
  -- The claim.
  claim_id INTEGER PRIMARY KEY
);

-- Sources that changed in what claims may rest on. Noted is the source alone: the view outdated_weights finds
-- the claims, which may be hundreds of thousands.
CREATE TABLE outdated_sources (
  -- The source.
  source_id INTEGER PRIMARY KEY
);

-- Nothing is kept for the claims that the file has.
INSERT INTO outdated_claims (claim_id) SELECT id FROM claims;
