-- Pairs of figures that do not agree, as the report finds them: slips first, then the widest gaps.
SELECT r.finding, r.measure, m.title, r.claim, r.number, r.status, r.origins, r.sources,
  r.other_claim, r.other_number, r.other_status, r.other_origins, r.other_sources, r.gap, r.why
FROM report_figure_conflicts AS r JOIN measures AS m ON m.key = r.measure
WHERE r.finding <> 'not compared'
ORDER BY r.finding <> 'likely transcription slip', r.finding <> 'conflict', r.gap DESC, r.measure, r.claim, r.other_claim;
