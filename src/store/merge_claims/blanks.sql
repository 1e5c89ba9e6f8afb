-- Copies dates and the note to the other claim where it has none.
UPDATE claims SET
  happened = coalesce(happened, (SELECT f.happened FROM claims AS f WHERE f.key = :from)),
  date_precision = CASE WHEN happened IS NULL
    THEN (SELECT f.date_precision FROM claims AS f WHERE f.key = :from) ELSE date_precision END,
  due = coalesce(due, (SELECT f.due FROM claims AS f WHERE f.key = :from)),
  note = coalesce(note, (SELECT f.note FROM claims AS f WHERE f.key = :from))
WHERE key = :into AND EXISTS (SELECT 1 FROM claims AS f WHERE f.key = :from AND (
  (claims.happened IS NULL AND f.happened IS NOT NULL) OR (claims.due IS NULL AND f.due IS NOT NULL)
  OR (claims.note IS NULL AND f.note IS NOT NULL)));
