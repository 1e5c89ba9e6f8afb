-- What pairs of figures are found by, so that each is told from its sixty neighbours without a look at its claim; and
-- indexes that answer by themselves who said what, and what became of it.

-- The place of its claim, where the claim has one place alone, which is no larger than a district; else NULL.
ALTER TABLE kept_figures ADD COLUMN place_id INTEGER;
-- Its first day, its last day, and its id behind the number of its digits, as one text that sorts as the three do;
-- NULL where a day is.
ALTER TABLE kept_figures ADD COLUMN time_key TEXT;
-- The digits of the number that is stated, with three decimals and without the point; NULL when none is stated.
ALTER TABLE kept_figures ADD COLUMN digits TEXT;
-- Serves the neighbours of a figure in time.
DROP INDEX kept_figures_in_time;
CREATE INDEX kept_figures_in_time ON kept_figures (measure_id, unit, since, time_key) WHERE is_comparable = 1;
-- Serves the question what a source states, and how often, without a look at its mentions.
DROP INDEX mentions_by_source;
CREATE INDEX mentions_by_source ON mentions (source_id, claim_id, stance);
-- Serves the question what someone said, likewise. Most mentions name no speaker and are no answer.
DROP INDEX mentions_by_speaker;
CREATE INDEX mentions_by_speaker ON mentions (speaker_id, claim_id, stance) WHERE speaker_id IS NOT NULL;
-- Serves the question which verdict of whom is the latest on a claim, without a look at the others.
DROP INDEX assessments_by_claim;
CREATE INDEX assessments_by_claim ON assessments (claim_id, at_stated, at, assessor_id, status);
