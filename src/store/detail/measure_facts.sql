-- A measure.
SELECT title, dimension, scope, unit, growth, starts, note FROM measures WHERE key = :key;
