-- Records a file as a captured copy of the source that its path names, captures/KEY/…, by its key now or before.
INSERT INTO captures (source_id, sqlar_id, sha256, note)
SELECT s.id, ?1, ?3, ?4 FROM sources AS s
WHERE (?2 GLOB 'captures/' || s.key || '/*' OR EXISTS (
    SELECT 1 FROM aliases AS a
    WHERE a.table_name = 'sources' AND a.row_id = s.id AND ?2 GLOB 'captures/' || a.alias || '/*'))
  AND (s.sha256 IS NULL OR s.sha256 = ?3)
LIMIT 1;
