-- Left out: keys in place of row numbers, the code lists and reports.
.mode json
SELECT * FROM dates;
SELECT * FROM sources;
SELECT * FROM source_origins;
SELECT * FROM locations;
SELECT * FROM measures;
SELECT * FROM claims;
SELECT * FROM claim_locations;
SELECT * FROM mentions;
SELECT * FROM figures;
SELECT * FROM assessments;
SELECT * FROM operations;
SELECT * FROM revisions;
