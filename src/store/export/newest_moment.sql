-- The newest moment that the archive tells of: what stands for "last changed" without a clock.
SELECT max(at) AS at FROM (
  SELECT created AS at FROM archive
  UNION ALL SELECT max(at) FROM assessments
  UNION ALL SELECT max(at) FROM source_grades
  UNION ALL SELECT max(at) FROM revisions
  UNION ALL SELECT max(captured_at) FROM captures
)
