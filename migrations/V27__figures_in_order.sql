-- What pairs of figures are found by, so that each is told from its sixty neighbours without a look at its claim; and
-- indexes that answer by themselves who said what, and what became of it.

-- The place of its claim, where that sets it apart from all others: it is the only place of the claim, no larger than a
-- district, and holds no other place, and no link says that the claim tells of the same event as another; else NULL.
ALTER TABLE kept_figures ADD COLUMN place_id INTEGER;
-- Its first day, its last day, and its id behind the number of its digits, as one text that sorts as the three do;
-- NULL where a day is.
ALTER TABLE kept_figures ADD COLUMN time_key TEXT;
-- The digits of the number that is stated, with three decimals and without the point; NULL when none is stated.
ALTER TABLE kept_figures ADD COLUMN digits TEXT;
-- Serves the neighbours of a figure in time, and tells by itself which of them agree with it or are elsewhere: nearly
-- all do or are, and no row of the table is read for them.
DROP INDEX kept_figures_in_time;
CREATE INDEX kept_figures_in_time ON kept_figures (
  measure_id, unit, since, time_key, lower, upper, lower_exclusive, upper_exclusive, claim_id, place_id)
  WHERE is_comparable = 1;
-- Serves the question what a source states, and how often, without a look at its mentions.
DROP INDEX mentions_by_source;
CREATE INDEX mentions_by_source ON mentions (source_id, claim_id, stance);
-- Serves the question what someone said, likewise. Most mentions name no speaker and are no answer.
DROP INDEX mentions_by_speaker;
CREATE INDEX mentions_by_speaker ON mentions (speaker_id, claim_id, stance) WHERE speaker_id IS NOT NULL;
-- Serves the question which verdict of whom is the latest on a claim, without a look at the others.
DROP INDEX assessments_by_claim;
CREATE INDEX assessments_by_claim ON assessments (claim_id, at_stated, at, assessor_id, status);
