-- Keeps the table of dates: a row appears for every date that another table holds, with the days that it
-- stands for, and stays.
CREATE TRIGGER dates_insert_guard BEFORE INSERT ON dates BEGIN
  SELECT RAISE(ABORT, 'dates: this date is here already; rows are kept by triggers')
    WHERE EXISTS (SELECT 1 FROM dates WHERE id = new.id OR edtf = new.edtf);
  SELECT RAISE(ABORT, 'dates: write edtf alone; the days that it stands for are derived')
    WHERE new.earliest IS NOT NULL OR new.latest IS NOT NULL;
END;
CREATE TRIGGER dates_fill AFTER INSERT ON dates BEGIN
  UPDATE dates SET
    earliest = (SELECT earliest FROM dates_parsed WHERE id = new.id),
    latest = (SELECT latest FROM dates_parsed WHERE id = new.id),
    uncertain = CASE WHEN new.edtf GLOB '*[?%]*' THEN 1 ELSE 0 END,
    approximate = CASE WHEN new.edtf GLOB '*[~%]*' THEN 1 ELSE 0 END
    WHERE id = new.id;
  SELECT RAISE(ABORT, 'not a date: write 2021, 2021-06 or 2021-06-28, with X for an unknown digit, ? or ~ for doubt, or an interval such as 2021-05/2021-06 or ../2021-09-11 (EDTF)')
    WHERE EXISTS (SELECT 1 FROM dates WHERE id = new.id AND earliest IS NULL AND latest IS NULL);
END;
-- Only the row just inserted has no day yet.
CREATE TRIGGER dates_update_guard BEFORE UPDATE ON dates
  WHEN old.earliest IS NOT NULL OR old.latest IS NOT NULL OR new.id IS NOT old.id OR new.edtf IS NOT old.edtf BEGIN
  SELECT RAISE(ABORT, 'dates: rows are derived from the dates in other tables; change those');
END;
CREATE TRIGGER dates_delete_guard BEFORE DELETE ON dates BEGIN
  SELECT RAISE(ABORT, 'dates: rows are derived from the dates in other tables; they stay');
END;
