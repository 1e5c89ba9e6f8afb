-- Which verdicts are the result of a check, so that what was only reported is not counted as checked.

-- 1 when the verdict says that someone checked the claim and what came of it; 0 when it says that nobody did, or
-- that it could not be done.
ALTER TABLE statuses ADD COLUMN is_check INTEGER NOT NULL DEFAULT 0
  CONSTRAINT "statuses.is_check is 0 or 1"
  CHECK (typeof(is_check) = 'integer' AND is_check IN (0, 1));
UPDATE statuses SET is_check = 1
  WHERE code IN ('corroborated', 'confirmed', 'disputed', 'refuted', 'misleading', 'inconclusive');
