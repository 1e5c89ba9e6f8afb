-- Notes the largest id that a table ever had, unless its rows have a larger one.
UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1
