-- Figures without a row in kept_figures: nothing would compare them.
SELECT f.key FROM figures AS f JOIN claims AS c ON c.id = f.claim_id
WHERE c.withdrawn IS NULL AND f.id NOT IN (SELECT figure_id FROM kept_figures)
ORDER BY f.key;
