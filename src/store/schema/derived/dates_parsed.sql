-- Reads every date: cuts an interval at the slash, takes off the marks and the time of a single day,
-- completes each end to a day (a season to its year, a quarter to its months) and asks the calendar whether that day exists (31 June comes back as 1 July, so it differs).
-- DISTINCT drops nothing: it keeps SQLite from writing each step into the next one over and over,
-- which would make a program of a megabyte of this view.
-- Nb. glob() and strftime() stand for GLOB and date(): DuckDB reads every view by its own grammar,
-- and one that it cannot parse hides them all.
CREATE VIEW dates_parsed AS
WITH ends AS (
  SELECT id, edtf, instr(edtf, '/') > 0 AS is_interval,
    CASE WHEN instr(edtf, '/') = 0 THEN edtf ELSE substr(edtf, 1, instr(edtf, '/') - 1) END AS a,
    CASE WHEN instr(edtf, '/') = 0 THEN edtf ELSE substr(edtf, instr(edtf, '/') + 1) END AS b
  FROM dates
), timed AS (
  -- A time is hours and minutes, or seconds too, before Z, an offset, or nothing.
  SELECT id, edtf, is_interval, a, b,
    NOT is_interval AND glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9]*', a) AS has_time,
    CASE
      WHEN glob('*Z', a) THEN substr(a, 12, length(a) - 12)
      WHEN glob('*[+-]0[0-9]:[0-5][0-9]', a) OR glob('*[+-]1[0-4]:[0-5][0-9]', a)
        THEN substr(a, 12, length(a) - 17)
      ELSE substr(a, 12)
    END AS time
  FROM ends
), bare AS (
  SELECT DISTINCT id, edtf,
    is_interval AND a IN ('', '..') AS no_start,
    is_interval AND b IN ('', '..') AS no_end,
    CASE
      WHEN has_time AND (glob('[01][0-9]:[0-5][0-9]', time) OR glob('2[0-3]:[0-5][0-9]', time)
        OR glob('[01][0-9]:[0-5][0-9]:[0-5][0-9]', time) OR glob('2[0-3]:[0-5][0-9]:[0-5][0-9]', time))
        THEN substr(a, 1, 10)
      WHEN glob('*[?~%]', a) THEN substr(a, 1, length(a) - 1)
      ELSE a
    END AS a,
    CASE
      WHEN has_time THEN substr(b, 1, 10)
      WHEN glob('*[?~%]', b) THEN substr(b, 1, length(b) - 1)
      ELSE b
    END AS b
  FROM timed
), days AS (
  SELECT DISTINCT id, edtf, no_start, no_end,
    CASE
      WHEN glob('[0-9][0-9][0-9][0-9]', a) OR glob('[0-9][0-9][0-9]X', a) OR glob('[0-9][0-9]XX', a)
        THEN replace(a, 'X', '0') || '-01-01'
      WHEN glob('[0-9][0-9][0-9][0-9]-XX', a) OR glob('[0-9][0-9][0-9][0-9]-XX-XX', a)
        THEN substr(a, 1, 4) || '-01-01'
      WHEN glob('[0-9][0-9][0-9][0-9]-2[1-9]', a) OR glob('[0-9][0-9][0-9][0-9]-3[0-2]', a)
        THEN substr(a, 1, 4) || '-01-01'
      WHEN glob('[0-9][0-9][0-9][0-9]-3[3-6]', a)
        THEN substr(a, 1, 5) || substr('01040710', 2 * CAST(substr(a, 7, 1) AS INTEGER) - 5, 2) || '-01'
      WHEN glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]', a) OR glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-XX', a)
        THEN substr(a, 1, 7) || '-01'
      WHEN glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]', a) THEN a
    END AS first,
    CASE
      WHEN glob('[0-9][0-9][0-9][0-9]', b) OR glob('[0-9][0-9][0-9]X', b) OR glob('[0-9][0-9]XX', b)
        THEN replace(b, 'X', '9') || '-12-31'
      WHEN glob('[0-9][0-9][0-9][0-9]-XX', b) OR glob('[0-9][0-9][0-9][0-9]-XX-XX', b)
        THEN substr(b, 1, 4) || '-12-31'
      WHEN glob('[0-9][0-9][0-9][0-9]-2[1-9]', b) OR glob('[0-9][0-9][0-9][0-9]-3[0-2]', b)
        THEN substr(b, 1, 4) || '-12-31'
      WHEN glob('[0-9][0-9][0-9][0-9]-3[3-6]', b)
        THEN substr(b, 1, 5) || substr('03-3106-3009-3012-31', 5 * CAST(substr(b, 7, 1) AS INTEGER) - 14, 5)
      WHEN glob('[0-9][0-9][0-9][0-9]-12', b) OR glob('[0-9][0-9][0-9][0-9]-12-XX', b)
        THEN substr(b, 1, 7) || '-31'
      WHEN glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]', b) OR glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-XX', b)
        THEN strftime('%Y-%m-%d', substr(b, 1, 7) || '-01', '+1 month', '-1 day')
      WHEN glob('[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]', b) THEN b
    END AS last
  FROM bare
), checked AS (
  SELECT id, edtf,
    CASE WHEN no_start THEN NULL ELSE first END AS earliest,
    CASE WHEN no_end THEN NULL ELSE last END AS latest,
    NOT (no_start AND no_end)
      AND (no_start OR CASE WHEN first >= '0001-01-01' AND strftime('%Y-%m-%d', first, '+0 days') = first THEN 1 ELSE 0 END = 1)
      AND (no_end OR CASE WHEN last >= '0001-01-01' AND strftime('%Y-%m-%d', last, '+0 days') = last THEN 1 ELSE 0 END = 1)
      AND (no_start OR no_end OR first <= last) AS valid
  FROM days
)
-- What is no date stands for no days at all.
SELECT
  -- The row of dates.
  id,
  -- The date as stated.
  edtf,
  -- The earliest day it can mean; NULL when the start is open or unknown, or it is no date.
  CAST(CASE WHEN valid THEN earliest END AS TEXT) AS earliest,
  -- The latest day it can mean; NULL when the end is open or unknown, or it is no date.
  CAST(CASE WHEN valid THEN latest END AS TEXT) AS latest
FROM checked;
