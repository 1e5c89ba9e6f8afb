-- Gives a damaged index the empty page of a new one, in which REINDEX fills it: it cannot clear damaged pages.
UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'repair_a') WHERE name = ?1;
