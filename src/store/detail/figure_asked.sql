-- The facts that people ask for: the time that the number is for.
SELECT 'as_of' AS asked FROM figures WHERE key = :key;
