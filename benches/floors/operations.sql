-- Left out: what another tool did, and what was done in another archive.
SELECT o.id AS operation, o.at, NULL AS until, o."by", o.command, o.summary, o.because,
  coalesce(o.added, (SELECT sum(last_id - first_id + 1) FROM operation_ranges AS r WHERE r.operation_id = o.id), 0) AS added,
  (SELECT count(*) FROM revisions AS r WHERE r.operation_id = o.id AND r.action = 'update') AS changed,
  (SELECT count(*) FROM revisions AS r WHERE r.operation_id = o.id AND r.action = 'delete') AS removed,
  (SELECT group_concat(i.name || ' ' || i.sha256, ', ') FROM operation_inputs AS i WHERE i.operation_id = o.id) AS inputs,
  o.undoes, (SELECT max(u.id) FROM operations AS u WHERE u.undoes = o.id) AS undone_by, 0 AS carried
FROM operations AS o
ORDER BY o.id DESC;
