-- What every table and column means, as rows, for tools that show no comments.

-- What the tables and views of this file and their columns mean. Derived: the program keeps the rows
-- from the comments in its schema and from the headers of reports, and sets back at its next write
-- what was edited here. Rows about tables of your own stay.
CREATE TABLE columns (
  -- Row number inside this file; nothing outside the file refers to it.
  id INTEGER PRIMARY KEY CONSTRAINT "id is above 0" CHECK (id > 0),
  -- The table or view.
  table_name TEXT NOT NULL
    CONSTRAINT "columns.table_name is text and not empty"
    CHECK (typeof(table_name) = 'text' AND trim(table_name) <> '' AND instr(table_name, char(0)) = 0),
  -- Its column; empty, and never NULL, where the table itself is meant.
  column_name TEXT NOT NULL
    CONSTRAINT "columns.column_name is text; empty for the table itself"
    CHECK (typeof(column_name) = 'text' AND instr(column_name, char(0)) = 0),
  -- What it means. One that is not described has no row.
  meaning TEXT NOT NULL
    CONSTRAINT "columns.meaning is text and not empty"
    CHECK (typeof(meaning) = 'text' AND trim(meaning) <> '' AND instr(meaning, char(0)) = 0),
  UNIQUE (table_name, column_name)
);

CREATE TRIGGER columns_insert_guard BEFORE INSERT ON columns BEGIN
  SELECT RAISE(ABORT, 'columns: this id is taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM columns WHERE id = new.id);
  SELECT RAISE(ABORT, 'columns: this table_name and column_name are taken; to change a row use UPDATE')
    WHERE EXISTS (SELECT 1 FROM columns WHERE table_name = new.table_name AND column_name = new.column_name);
END;
CREATE TRIGGER columns_update_guard BEFORE UPDATE ON columns BEGIN
  SELECT RAISE(ABORT, 'columns: id, table_name and column_name are fixed; add a row and leave this one')
    WHERE new.id IS NOT old.id OR new.table_name IS NOT old.table_name OR new.column_name IS NOT old.column_name;
END;

-- What was left without a comment so far. The program reads these lines as it reads the comments
-- inside the schema.

-- view dates_parsed
--   id: The row of dates.
--   edtf: The date as stated.
--   earliest: The earliest day it can mean; NULL when the start is open or unknown, or it is no date.
--   latest: The latest day it can mean; NULL when the end is open or unknown, or it is no date.

-- view figure_bounds
--   figure_id: The figure.
--   key: Its key.
--   measure_id: What it counts.
--   unit: Its unit, else that of its measure; NULL when things are simply counted.
--   as_of: The day or period it is given for (EDTF); NULL when not stated.
--   lower: The least it can mean; NULL when nothing bounds it below.
--   upper: The most it can mean; NULL when nothing bounds it above.
--   lower_open: 1 when nothing bounds it below.
--   upper_open: 1 when nothing bounds it above.
--   lower_exclusive: 1 when it is more than lower, and not lower itself ("more than").
--   upper_exclusive: 1 when it is less than upper, and not upper itself ("less than").

-- view current_assessments
--   claim_id: The claim.
--   assessment_id: The verdict that holds; NULL when nobody has given one.

-- view map_claims
--   _rowid_: The row of claim_locations, by which map programs tell the points apart.
--   claim: Key of the claim.
--   text: The claim.
--   kind: What sort of claim it is.
--   status: The verdict that holds.
--   happened: When it is said to have happened (EDTF); NULL when not stated.
--   place: Key of the place.
--   place_name: Its name.
--   place_kind: What sort of place it is.
--   relation: How the claim lies to the place.
--   precision: How exact the point is, from 1 (exact) to 7 (UCDP); what it stands for is said beside it.
--   precision_label: What the point stands for, in words.
--   sources: Keys of the sources that mention the claim; NULL when there is none.
--   geometry: The point as well-known text, longitude before latitude.

-- view source_circles
--   source_id: The source.
--   circle_id: The first source, by id, of the circle that it lies in.

-- view whole_text_roots
--   source_id: The source that takes the text over.
--   root_id: The source that the text comes from in the end.
--   circle_id: The circle that the text lies in, named by its first source; 0 when it lies in none.

-- view claim_voices
--   claim_id: The claim.
--   end_id: The source at which a chain of the claim ends.
--   voice_id: Who speaks there; the source itself when nobody is named as its speaker.

-- view claim_ends
--   claim_id: The claim.
--   end_id: The source at which a chain of the claim ends.
--   voice_id: Who speaks there; the source itself when nobody is named as its speaker.
--   origin_id: The independent origin: the body that the voice speaks for, else the voice.

-- view claim_origins
--   claim_id: The claim.
--   origin_id: The source that is an independent origin of it.
--   took_back: 1 when that origin took the claim back; else 0.

-- view claim_origin_counts
--   claim_id: The claim.

-- view claim_origin_keys
--   claim_id: The claim.

-- view claim_weights
--   claim_id: The claim.

-- view assessor_verdicts
--   claim_id: The claim.
--   assessor_id: The source that judged it.
--   assessment_id: The verdict of theirs that holds.
--   status: What it says.
--   at: When it was given (UTC).

-- view comparable_figures
--   figure_id: The figure.
--   key: Its key.
--   claim_id: The claim that holds it.
--   measure_id: What it counts.
--   growth: How its measure goes on: constant, level, cumulative or per_period.
--   lower: The least it can mean; NULL when nothing bounds it below.
--   upper: The most it can mean; NULL when nothing bounds it above.
--   lower_exclusive: 1 when it is more than lower, and not lower itself ("more than").
--   upper_exclusive: 1 when it is less than upper, and not upper itself ("less than").
--   assumed: 1 when a tolerance of the qualifier, not the source, made one of the bounds.
--   as_of: The day or period it is given for (EDTF); NULL when not stated.
--   first_day: The first day it can be given for, empty when its measure never changes. A cumulative
--     figure with a period is given for its end.
--   last_day: The last day it can be given for, empty when its measure never changes.

-- view figure_words
--   figure_id: The figure.
--   words: The figure in words, such as "over 69 out of 407, 2021-06-29".

-- view figure_conflicts
--   figure_a: The smaller of the two figures.
--   figure_b: The larger of the two figures.

-- table claims_fts: The words of claims, for searching (FTS5). Kept by the program.
--   text: The words of claims.text.
--   note: The words of claims.note.

-- table sources_fts: The words of sources, for searching (FTS5). Kept by the program.
--   title: The words of sources.title.
--   author: The words of sources.author.
--   outlet: The words of sources.outlet.
--   note: The words of sources.note.

-- table locations_fts: The words of places, for searching (FTS5). Kept by the program.
--   name: The words of locations.name.
--   note: The words of locations.note.

-- table location_names_fts: The words of other names of places, for searching (FTS5). Kept by the program.
--   name: The words of location_names.name.

-- table refinery_schema_history: Which migrations made this file what it is. Kept by the program.
--   version: Number of the migration.
--   name: Its name.
--   applied_on: When it ran.
--   checksum: By which a changed migration is noticed.
