-- The forms by which the address and the identifier of each document are compared with those of others.
-- What the program has not computed yet is compared in a simple form: without scheme, "www.", fragment and
-- trailing slash, and with the host in lower case. People and bodies share a page, and a home page says
-- nothing of which page is meant: they have none.
CREATE VIEW source_works AS
SELECT
  -- The source.
  id AS source_id,
  -- Its key.
  key,
  -- The form by which its address is compared; NULL when it has none that tells one page from another.
  CAST(CASE WHEN instr(address, '/') > 0 OR instr(address, '?') > 0 OR instr(address, 'arxiv:') = 1 THEN address END AS TEXT) AS address,
  -- The form by which its identifier is compared; NULL when it has none.
  canonical_identifier AS identifier,
  -- 1 when the program has not computed these yet; else 0.
  CAST(waits AS INTEGER) AS waits
FROM (
  SELECT id, key, canonical_identifier, waits, CASE WHEN waits = 0 THEN canonical
    WHEN instr(host, 'www.') = 1 THEN rtrim(substr(host, 5) || path, '/')
    ELSE rtrim(host || path, '/') END AS address
  FROM (
    SELECT id, key, canonical, canonical_identifier, waits,
      lower(substr(rest, 1, instr(rest || '/', '/') - 1)) AS host,
      substr(rest, instr(rest || '/', '/')) AS path
    FROM (
      SELECT s.id, s.key, s.canonical, s.canonical_identifier, CASE WHEN s.folded IS NULL THEN 1 ELSE 0 END AS waits,
        CASE
          WHEN lower(substr(s.url, 1, 8)) = 'https://' THEN substr(s.url, 9, instr(s.url || '#', '#') - 9)
          WHEN lower(substr(s.url, 1, 7)) = 'http://' THEN substr(s.url, 8, instr(s.url || '#', '#') - 8)
        END AS rest
      FROM sources AS s
      WHERE s.kind NOT IN (SELECT k.code FROM source_kinds AS k WHERE k.is_party = 1)
    ) AS written
  ) AS parted
) AS named;
