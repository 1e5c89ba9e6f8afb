-- Left out: escapes, and the fields that the archive for this measurement has none of.
.mode list
.headers off
SELECT '[[source]]' || char(10) || 'key = "' || key || '"' || char(10) || 'kind = "' || kind || '"' || char(10) || 'title = "' || title || '"'
  || coalesce(char(10) || 'outlet = "' || outlet || '"', '') || coalesce(char(10) || 'draws_on = "' || (
    SELECT group_concat(e.relation || ' ' || o.key) FROM source_origins AS e JOIN sources AS o ON o.id = e.origin_id WHERE e.source_id = s.id) || '"', '')
  || char(10)
FROM sources AS s ORDER BY id;
SELECT '[[claim]]' || char(10) || 'key = "' || c.key || '"' || char(10) || 'text = "' || c.text || '"' || char(10) || 'kind = "' || c.kind || '"'
  || char(10) || 'happened = "' || c.happened || '"' || char(10) || 'places = ["'
  || (SELECT group_concat(l.key, '", "') FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id WHERE cl.claim_id = c.id)
  || '"]' || char(10)
  || coalesce((SELECT group_concat('[[claim.mention]]' || char(10) || 'source = "' || s.key || '"' || char(10)
    || coalesce('speaker = "' || p.key || '"' || char(10), '') || coalesce('locator = "' || m.locator || '"' || char(10), ''), char(10))
    FROM mentions AS m JOIN sources AS s ON s.id = m.source_id LEFT JOIN sources AS p ON p.id = m.speaker_id WHERE m.claim_id = c.id), '')
  || coalesce((SELECT group_concat('[[claim.figure]]' || char(10) || 'measure = "' || ms.key || '"' || char(10) || 'value = ' || f.value || char(10)
    || 'as_of = "' || f.as_of || '"' || char(10), char(10)) FROM figures AS f JOIN measures AS ms ON ms.id = f.measure_id WHERE f.claim_id = c.id), '')
  || coalesce((SELECT group_concat('[[claim.assessment]]' || char(10) || 'status = "' || a.status || '"' || char(10) || 'by = "' || s.key || '"'
    || char(10) || 'at = "' || a.at || '"' || char(10) || 'because = "' || a.because || '"' || char(10), char(10))
    FROM assessments AS a JOIN sources AS s ON s.id = a.assessor_id WHERE a.claim_id = c.id), '')
FROM claims AS c ORDER BY c.id;
