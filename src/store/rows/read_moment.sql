-- The first moment, from now on, at which this doubt was not set aside yet.
SELECT max(?5, coalesce((
  SELECT strftime('%Y-%m-%dT%H:%M:%SZ', max(at), '+1 second') FROM accepted_doubts
  WHERE check_name = ?1 AND table_name = ?2 AND row_key = ?3 AND finding = ?4), ?5)) AS at;
