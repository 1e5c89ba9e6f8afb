-- Pairs of figures that do not agree, as the view has them, each side by the key of its figure: slips
-- first, then conflicts, possible ones and revisions, as in the report; of each the widest gaps first.
SELECT p.finding, m.key AS measure, m.title, p.gap, p.why,
  a.key AS figure, ca.key AS claim, wa.words AS number, ca.status,
  (SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
    WHERE n.claim_id = ca.id ORDER BY s.key) AS listed) AS sources,
  b.key AS other_figure, cb.key AS other_claim, wb.words AS other_number, cb.status AS other_status,
  (SELECT group_concat(key, ', ') FROM (
    SELECT DISTINCT s.key FROM mentions AS n JOIN sources AS s ON s.id = n.source_id
    WHERE n.claim_id = cb.id ORDER BY s.key) AS listed) AS other_sources
FROM figure_conflict_reasons AS p
JOIN figures AS a ON a.id = p.figure_a JOIN figures AS b ON b.id = p.figure_b
JOIN figure_words AS wa ON wa.figure_id = a.id JOIN figure_words AS wb ON wb.figure_id = b.id
JOIN measures AS m ON m.id = a.measure_id
JOIN claims AS ca ON ca.id = a.claim_id JOIN claims AS cb ON cb.id = b.claim_id
ORDER BY p.finding <> 'likely transcription slip', p.finding <> 'conflict', p.finding = 'revision', p.gap DESC, m.key, ca.key, cb.key, a.key, b.key;
