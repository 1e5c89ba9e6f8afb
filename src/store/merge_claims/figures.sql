-- Figures go over, since equations and denominators name them by key; one that says what a figure of
-- the other claim says stays where it is.
UPDATE figures SET claim_id = (SELECT id FROM claims WHERE key = :into)
WHERE claim_id = (SELECT id FROM claims WHERE key = :from) AND NOT EXISTS (
  SELECT 1 FROM figures AS o
  WHERE o.claim_id = (SELECT id FROM claims WHERE key = :into) AND o.measure_id = figures.measure_id
    AND o.value IS figures.value AND o.low IS figures.low AND o.high IS figures.high
    AND o.qualifier = figures.qualifier AND o.unit IS figures.unit AND o.as_of IS figures.as_of);
