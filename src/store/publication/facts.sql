-- What a published page says of the archive itself, and how fresh it is.
SELECT a.title, a.desk, (SELECT max(at) FROM assessments) AS as_of,
  (SELECT count(1) FROM claims WHERE withdrawn IS NULL) AS claims
FROM archive AS a;
