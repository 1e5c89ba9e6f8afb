-- Whether a doubt was set aside with these words, and the row has no later revision.
SELECT 1
FROM accepted_doubts AS a
WHERE a.check_name = ?1 AND a.table_name = ?2 AND a.row_key = ?3 AND a.finding = ?4
  AND NOT EXISTS (SELECT 1 FROM revisions AS r
    WHERE r.table_name = a.table_name AND r.row_key = a.row_key AND r.id > coalesce(a.revision_id, 0));
