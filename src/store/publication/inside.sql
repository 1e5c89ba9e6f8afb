-- How many claims lie at each place or inside it, as the report counts them; its own order is not asked for.
SELECT place AS key, claims FROM report_places ORDER BY place;
