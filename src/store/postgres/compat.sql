-- The functions of SQLite that the views and rules of an archive use, for PostgreSQL.

-- The class in which SQLite stores a value: null, integer, real, text or blob.
CREATE FUNCTION typeof(value anyelement) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN value IS NULL THEN 'null' ELSE CASE pg_typeof(value)::text
    WHEN 'bigint' THEN 'integer' WHEN 'integer' THEN 'integer' WHEN 'bytea' THEN 'blob' WHEN 'text' THEN 'text'
    -- A column of numbers keeps whole ones as integers.
    WHEN 'numeric' THEN CASE WHEN value::text::numeric = trunc(value::text::numeric) THEN 'integer' ELSE 'real' END
    WHEN 'double precision' THEN 'real' END END
$$;

-- True if a text is like a pattern of a shell: * for any characters, ? for one, [...] for one of a set.
CREATE FUNCTION glob(pattern text, value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT value ~ ('^' || regexp_replace(regexp_replace(regexp_replace(pattern,
    '([.+(){}|\\$])', '\\\1', 'g'), '\*', '.*', 'g'), '\?(?![^[]*\])', '.', 'g') || '$')
$$;

-- A text in small letters, of any script: lower() of this database knows A to Z alone.
CREATE FUNCTION unicode_lower(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN lower(value COLLATE "und-x-icu");
END
$$;

-- The position of a part in a text, from 1; 0 where it is not there.
CREATE FUNCTION instr(value text, part text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT position(part IN value)::bigint
$$;

CREATE FUNCTION substr(value text, start bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT substr(value, start::integer)
$$;
CREATE FUNCTION substr(value text, start bigint, characters bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT substr(value, start::integer, greatest(characters, 0)::integer)
$$;

-- A number with three digits after the point, which is all that a view asks of printf.
CREATE FUNCTION printf(format text, number double precision) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF format <> '%.3f' THEN RAISE EXCEPTION 'printf: only %%.3f is known here, not %', format; END IF;
  RETURN round(number::numeric, 3)::text;
END
$$;

-- A number with so many digits after the point, and without those that are 0 at its end, but for one: what was rounded is
-- a real number.
CREATE FUNCTION rounded(number numeric, digits integer) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN scale(trim_scale(round(number, digits))) = 0 THEN round(number, 1)
    ELSE trim_scale(round(number, digits)) END
$$;
CREATE FUNCTION rounded(number double precision, digits integer) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
  SELECT round(number::numeric, digits)::double precision
$$;

-- Conditions counted: 1 for each that holds.
CREATE FUNCTION count_both(a boolean, b boolean) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT a::integer::bigint + b::integer
$$;
CREATE OPERATOR + (LEFTARG = boolean, RIGHTARG = boolean, FUNCTION = count_both);
CREATE FUNCTION count_one_more(counted bigint, condition boolean) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT counted + condition::integer
$$;
CREATE OPERATOR + (LEFTARG = bigint, RIGHTARG = boolean, FUNCTION = count_one_more);

-- The number of a day, from noon of 1 January 4713 BC on, in the calendar of today.
CREATE FUNCTION julian_day(year bigint, month bigint, day bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT day + (153 * (month + 12 * ((14 - month) / 12) - 3) + 2) / 5 + 365 * (year + 4800 - (14 - month) / 12)
    + (year + 4800 - (14 - month) / 12) / 4 - (year + 4800 - (14 - month) / 12) / 100
    + (year + 4800 - (14 - month) / 12) / 400 - 32045
$$;

-- A day moved by modifiers such as '+1 month': in the form '%Y-%m-%d', or as its number for '%J'; or the moment now. A
-- day that the calendar does not have, such as 31 June, is that many days after the first of its month. NULL for a text
-- that is no day.
CREATE FUNCTION strftime(format text, value text, VARIADIC modifiers text[] DEFAULT '{}') RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  year bigint; month bigint; day bigint; number bigint; modifier text; moved bigint;
  a bigint; b bigint; c bigint; d bigint; e bigint; m bigint;
BEGIN
  IF value = 'now' THEN RETURN to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'); END IF;
  IF value IS NULL OR value !~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' THEN RETURN NULL; END IF;
  year := substr(value, 1, 4); month := substr(value, 6, 2); day := substr(value, 9, 2);
  FOREACH modifier IN ARRAY modifiers LOOP
    moved := split_part(modifier, ' ', 1);
    IF split_part(modifier, ' ', 2) LIKE 'month%' THEN
      month := month + moved;
      year := year + (month - 1) / 12;
      month := (month - 1) % 12 + 1;
    ELSE
      day := day + moved;
    END IF;
  END LOOP;
  number := julian_day(year, month, 1) + day - 1;
  IF format = '%J' THEN RETURN (number - 0.5)::text; END IF;
  a := number + 32044;
  b := (4 * a + 3) / 146097;
  c := a - 146097 * b / 4;
  d := (4 * c + 3) / 1461;
  e := c - 1461 * d / 4;
  m := (5 * e + 2) / 153;
  RETURN lpad((100 * b + d - 4800 + m / 10)::text, 4, '0') || '-' || lpad((m + 3 - 12 * (m / 10))::text, 2, '0')
    || '-' || lpad((e - (153 * m + 2) / 5 + 1)::text, 2, '0');
END
$$;
CREATE FUNCTION date(value text, VARIADIC modifiers text[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT strftime('%Y-%m-%d', value, VARIADIC modifiers)
$$;

-- The texts of a group, in the order in which they come, with a mark between them.
CREATE FUNCTION group_concat_next(listed text, value text, mark text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN value IS NULL THEN listed WHEN listed IS NULL THEN value ELSE listed || mark || value END
$$;
CREATE AGGREGATE group_concat(text, text) (SFUNC = group_concat_next, STYPE = text);
