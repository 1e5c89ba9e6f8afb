-- What a published page says of the archive itself, and how fresh it is: by the newest verdict that it shows
-- with its time.
SELECT a.title, a.desk, (SELECT max(n.at) FROM assessments AS n JOIN claims AS c ON c.id = n.claim_id
    WHERE n.at_stated = 1 AND c.withdrawn IS NULL
      AND NOT EXISTS (SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = n.id)) AS as_of,
  (SELECT count(1) FROM claims WHERE withdrawn IS NULL) AS claims
FROM archive AS a;
