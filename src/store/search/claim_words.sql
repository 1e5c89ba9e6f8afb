-- What the mentions of a claim quote and what its figures say, as one text.
(SELECT group_concat(words, ' | ') FROM (
  SELECT quote AS words FROM mentions WHERE claim_id = r.id
  UNION ALL SELECT said FROM figures WHERE claim_id = r.id) AS texts)
