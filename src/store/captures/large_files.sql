-- The files whose bytes are too many for a row in memory: those of more than ?1 bytes as they are stored.
SELECT id, name FROM sqlar WHERE length(data) > ?1 ORDER BY name;
