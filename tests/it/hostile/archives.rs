//! Archives that mean harm, or that other tools wrecked: each is a small sound archive, changed in one way.

use rusqlite::Connection;
use std::io::Write;
use std::path::Path;

/// A change of a sound archive.
pub enum Change {
    /// SQL, as another tool runs it: the guards are in place.
    Sql(&'static str),
    /// SQL behind the back of the guards: triggers, CHECKs and foreign keys are off while it runs, and the triggers are
    /// put back.
    Behind(&'static str),
    /// SQL that changes the schema as text.
    Schema(&'static str),
    /// The same as [`Change::Behind`], with statements that are made.
    Made(fn(&Connection)),
    /// Bytes of the file.
    Bytes(fn(&mut Vec<u8>)),
    /// The file and those beside it.
    Files(fn(&Path)),
}

use Change::{Behind, Bytes, Files, Made, Schema, Sql};

/// Numbers without end.
macro_rules! endless {
    ($select:literal) => {
        concat!(
            "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) ",
            $select,
            " FROM n"
        )
    };
}

/// The number of archives at the head of the list that run without end: what stops them takes its seconds.
pub const WITHOUT_END: usize = 9;

/// The archives by their names.
pub const ARCHIVES: &[(&str, Change)] = &[
    // What runs without end.
    (
        "a report without end",
        Sql(concat!(
            "INSERT INTO reports (name, title) VALUES ('endless', 'E'); CREATE VIEW report_endless AS ",
            endless!("SELECT x"),
            ";"
        )),
    ),
    (
        "a report that finds nothing without end",
        Sql(concat!("CREATE VIEW report_endless AS ", endless!("SELECT x"), " WHERE x < 0;")),
    ),
    (
        "a check without end",
        Sql(concat!(
            "CREATE VIEW check_endless AS ",
            endless!("SELECT 'claims' AS table_name, x AS key, 'f' AS finding"),
            ";"
        )),
    ),
    (
        "checks that find nothing without end",
        Made(|db| {
            for n in 0..30 {
                let view = endless!("SELECT 'claims' AS table_name, x AS key, 'f' AS finding");
                run(db, &format!("CREATE VIEW check_endless{n} AS {view} WHERE x < 0;"));
            }
        }),
    ),
    (
        "endless views in place of the program's",
        Sql(concat!(
            "DROP VIEW report_status; CREATE VIEW report_status AS ",
            endless!("SELECT x AS status, x AS claims, x AS stale, x AS share"),
            "; DROP VIEW claim_weights; CREATE VIEW claim_weights AS ",
            endless!("SELECT x AS claim_id, 9 AS mentions, 0 AS denials, 9 AS outlets, 9 AS speakers, 9 AS origins, 0 AS unnamed, 0 AS took_back, 'n' AS origin_keys"),
            "; DROP VIEW check_dates; CREATE VIEW check_dates AS ",
            endless!("SELECT 'claims' AS table_name, x AS key, 'f' AS finding"),
            "; DROP VIEW map_claims; CREATE VIEW map_claims AS ",
            endless!("SELECT x AS claim, x AS geometry"),
            ";"
        )),
    ),
    (
        "views that refer to each other in a circle",
        Sql("CREATE VIEW report_a AS SELECT * FROM report_b; CREATE VIEW report_b AS SELECT * FROM report_a;
             CREATE VIEW check_a AS SELECT * FROM report_a;"),
    ),
    (
        "views that double, each on the one before",
        Made(|db| {
            run(db, "CREATE VIEW d0 AS SELECT 1 AS x LIMIT 1;");
            for n in 1..40 {
                let before = n - 1;
                run(db, &format!("CREATE VIEW d{n} AS SELECT a.x FROM d{before} AS a, d{before} AS b LIMIT 1;"));
            }
            run(db, "CREATE VIEW report_doubling AS SELECT x FROM d39;
                     CREATE VIEW check_doubling AS SELECT 'claims' AS table_name, x AS key, 'f' AS finding FROM d39;");
        }),
    ),
    (
        "a report that fills the memory",
        Sql("CREATE VIEW report_large AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 400)
               SELECT x, printf('%.*c', 9000000, 'x') AS text FROM n ORDER BY 2, 1;
             CREATE VIEW report_list AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
               SELECT group_concat(x || printf('%.*c', 100000, 'x')) AS text FROM n;
             CREATE VIEW check_large AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
               SELECT 'claims' AS table_name, x AS key, printf('%.*c', 9000000, 'x') AS finding FROM n;"),
    ),
    (
        "a report of one long function call",
        Sql("CREATE VIEW report_slow AS SELECT replace(replace(printf('%.*c', 9000000, 'x'), 'x', 'xx'), printf('%.*c', 5000, 'x') || 'y', 'z') AS x;
             CREATE VIEW report_like AS SELECT printf('%.*c', 900000, 'a') LIKE '%a%a%a%a%a%a%a%a%a%b' AS x;
             CREATE VIEW check_slow AS SELECT 'claims' AS table_name, 'k' AS key, 'f' AS finding
               WHERE printf('%.*c', 900000, 'a') LIKE '%a%a%a%a%a%a%a%a%a%b';"),
    ),
    (
        "a report of 1,900 columns",
        Made(|db| {
            let columns: Vec<String> = (0..1900).map(|n| format!("{n} AS c{n}")).collect();
            run(db, &format!("CREATE VIEW report_wide AS SELECT {};", columns.join(", ")));
        }),
    ),
    (
        "a view that nests deep",
        Schema("CREATE VIEW report_deep AS SELECT 1 AS x; PRAGMA writable_schema = ON;
                UPDATE sqlite_schema SET sql = 'CREATE VIEW report_deep AS SELECT ' || replace(printf('%.*c', 50000, 'x'), 'x', '(') || '1'
                  || replace(printf('%.*c', 50000, 'x'), 'x', ')') || ' AS x' WHERE name = 'report_deep';"),
    ),
    (
        "two thousand reports and checks",
        Made(|db| {
            for n in 0..1000 {
                run(db, &format!("CREATE VIEW report_n{n} AS SELECT * FROM claims; CREATE VIEW check_n{n} AS SELECT 'claims' AS table_name, key, text AS finding FROM claims WHERE 0;"));
            }
        }),
    ),
    (
        "views of functions and tables that are not there",
        Sql("CREATE VIEW report_broken AS SELECT nosuch(key) AS x FROM claims; CREATE VIEW check_broken AS SELECT x FROM nowhere;
             CREATE VIEW report_write AS SELECT writefile('x', 'y') AS x; CREATE VIEW report_load AS SELECT load_extension('x') AS x;
             CREATE VIEW report_pragma AS SELECT * FROM pragma_journal_mode; CREATE VIEW report_fts AS SELECT fts3_tokenizer('simple') AS x;"),
    ),
    // Names.
    (
        "reports and checks with strange names",
        Sql("CREATE VIEW \"report_\"\"'; DROP TABLE claims; --\" AS SELECT 1 AS \"a\"\"b\n\", 2 AS \"\", 3 AS \"rowid\";
             CREATE VIEW \"report_\" AS SELECT 1 AS x; CREATE VIEW \"report_ü b\" AS SELECT 1 AS x; CREATE VIEW \"REPORT_Upper\" AS SELECT 1 AS x;
             CREATE VIEW \"report_\n\u{1b}[2J\" AS SELECT 1 AS x; CREATE VIEW \"check_\"\"x\" AS SELECT 'claims' AS table_name, 'k' AS key, 'f' AS finding;
             CREATE VIEW \"check_\" AS SELECT 'claims' AS table_name, 'k' AS key, 'f' AS finding; CREATE VIEW \"check_a b\" AS SELECT 1 AS finding;
             INSERT INTO reports (name, title, question, columns, chart) VALUES ('\"''; DROP TABLE claims; --', 'T\u{1b}[2J', '\u{202e}Q', '{\"x\": ', 'bars x by y by z of');"),
    ),
    (
        "tables with strange names",
        Sql("CREATE TABLE \"a\"\"b'c]d`e\" (\"x\"\"y\n\" TEXT, \"\" INT); CREATE TABLE \"\n\" (x); CREATE TABLE \"sqlitex\" (x); CREATE TABLE \"main\" (x);
             CREATE TABLE \"temp\" (x); CREATE TABLE \"ATTACH 'x' AS y\" (x); CREATE TABLE report_table (x); CREATE TABLE check_table (x);
             CREATE TABLE \"--help\" (x); CREATE TABLE \"claims \" (x); CREATE TABLE claims_fts2 (x); CREATE TABLE \"ｃlaims\" (x);"),
    ),
    (
        "five thousand tables",
        Made(|db| {
            run(db, "BEGIN");
            (0..5000).for_each(|n| run(db, &format!("CREATE TABLE t{n} (a, b);")));
            run(db, "COMMIT");
        }),
    ),
    (
        "virtual tables of a stranger's",
        Schema("CREATE VIRTUAL TABLE mine_fts USING fts5(x); CREATE VIRTUAL TABLE mine_tree USING rtree(id, a, b);
                PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('table', 'evil', 'evil', 0, 'CREATE VIRTUAL TABLE evil USING evil(x)');"),
    ),
    // Rows.
    (
        "a cell of 30 million letters",
        Behind("UPDATE claims SET text = replace(printf('%.*c', 3000000, 'x'), 'x', 'word 12345') WHERE key = 'muqur-fell';"),
    ),
    (
        "large cells in every column of text",
        Behind("UPDATE claims SET note = printf('%.*c', 1000000, 'x') WHERE id < 9; UPDATE sources SET title = printf('%.*c', 1000000, 'x'), author = printf('%.*c', 1000000, 'a b ') WHERE id < 5;
                UPDATE locations SET name = printf('%.*c', 1000000, 'x') WHERE id < 5; UPDATE mentions SET quote = printf('%.*c', 1000000, 'q') WHERE id < 5;
                UPDATE figures SET said = printf('%.*c', 1000000, '1') WHERE id < 5; UPDATE archive SET title = printf('%.*c', 1000000, 't');"),
    ),
    (
        "bytes in place of text",
        Behind("UPDATE claims SET text = x'00ff00', kind = x'ff', happened = x'32303231' WHERE key = 'muqur-fell'; UPDATE sources SET title = x'80', kind = x'', url = x'0a' WHERE id = 3;
                UPDATE locations SET name = x'ff', key = x'6d75717572' WHERE key = 'muqur-ghazni'; UPDATE figures SET said = x'ff', unit = x'00', value = x'31' WHERE id = 2; UPDATE measures SET growth = x'00' WHERE id = 1;"),
    ),
    (
        "text that is not UTF-8",
        Behind("UPDATE claims SET text = CAST(x'ff41fe' AS TEXT), note = CAST(x'c3' AS TEXT) WHERE id < 5; UPDATE sources SET title = CAST(x'e9' AS TEXT) WHERE id < 4;
                UPDATE locations SET key = CAST(x'6dff' AS TEXT) WHERE key = 'muqur-ghazni'; UPDATE archive SET title = CAST(x'ff' AS TEXT); UPDATE statuses SET label = CAST(x'ff' AS TEXT);
                INSERT INTO reports (name, title) VALUES (CAST(x'ff' AS TEXT), CAST(x'fe' AS TEXT));"),
    ),
    (
        "NUL, newlines and control characters in keys and texts",
        Behind("UPDATE claims SET key = 'a' || char(0) || 'b', text = 'x' || char(0) || 'y' WHERE id = 1; UPDATE claims SET key = char(27) || '[2J', text = char(27, 7, 13, 10, 8238) WHERE id = 2;
                UPDATE claims SET key = '--help' WHERE id = 3; UPDATE claims SET key = '../../x' WHERE id = 4; UPDATE claims SET key = '' WHERE id = 5; UPDATE claims SET key = 'Muqur Fell' WHERE id = 6;
                UPDATE sources SET key = 'a' || char(10) || 'b' WHERE id = 3; UPDATE locations SET key = '''; DROP TABLE claims; --' WHERE id = 3; UPDATE measures SET key = '1 + 1' WHERE id = 1;"),
    ),
    (
        "keys of half a million letters",
        Behind("UPDATE claims SET key = printf('%.*c', 500000, 'k') || id WHERE id < 6; UPDATE sources SET key = printf('%.*c', 500000, 's') || id WHERE id < 4;
                UPDATE locations SET key = printf('%.*c', 500000, 'l') || id WHERE id < 4; UPDATE figures SET key = printf('%.*c', 500000, 'f') || id WHERE id < 4;"),
    ),
    (
        "empty texts",
        Behind("UPDATE claims SET text = '', kind = '', note = '', happened = ''; UPDATE sources SET title = '', kind = '', url = '', published = '';
                UPDATE locations SET name = '', kind = ''; UPDATE measures SET title = '', growth = '', unit = ''; UPDATE archive SET desk = '', title = '';"),
    ),
    (
        "NULL where there must be a value",
        Schema("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(replace(sql, ' TEXT NOT NULL', ' TEXT'), ' INTEGER NOT NULL', ' INTEGER') WHERE type = 'table' AND name NOT LIKE 'sqlite%'; PRAGMA writable_schema = RESET; PRAGMA ignore_check_constraints = ON;
                UPDATE claims SET key = NULL, text = NULL, kind = NULL, status = NULL, version = NULL WHERE id = 1; UPDATE claims SET text = NULL WHERE key = 'muqur-fell';
                UPDATE sources SET title = NULL, kind = NULL WHERE id < 5; UPDATE mentions SET claim_id = NULL WHERE id < 3; UPDATE mentions SET stance = NULL WHERE id = 5;
                UPDATE locations SET name = NULL, kind = NULL WHERE id < 4; UPDATE figures SET qualifier = NULL, measure_id = NULL WHERE id < 3; UPDATE operations SET at = NULL, command = NULL;
                UPDATE archive SET created = NULL, desk = NULL; UPDATE statuses SET rank = NULL, label = NULL; UPDATE revisions SET table_name = NULL, action = NULL;"),
    ),
    (
        "words where numbers should be",
        Behind("UPDATE figures SET value = 'many', low = 'few', high = x'ff' WHERE id < 6; UPDATE locations SET lat = 'north', lon = 'east', precision = 'x' WHERE id < 6;
                UPDATE assessments SET credibility = 'x', claim_version = 'y' WHERE id < 4; UPDATE claims SET version = 'second', date_precision = 'x' WHERE id < 4; UPDATE statuses SET rank = 'x';
                UPDATE qualifiers SET rank = 'x'; UPDATE operations SET added = 'x', document_rows = 'y'; UPDATE operation_ranges SET first_id = 'a', last_id = 'z';"),
    ),
    (
        "the largest id",
        Behind("UPDATE claims SET id = 9223372036854775807 WHERE key = 'muqur-fell'; UPDATE mentions SET claim_id = 9223372036854775807, id = 9223372036854775807 WHERE id = 5;
                UPDATE sources SET id = 9223372036854775807 WHERE id = (SELECT max(id) FROM sources); UPDATE operations SET id = 9223372036854775807 WHERE id = (SELECT max(id) FROM operations);
                UPDATE sqlite_sequence SET seq = 9223372036854775807;"),
    ),
    (
        "ids of 0 and below",
        Behind("UPDATE claims SET id = -id; UPDATE mentions SET claim_id = -claim_id; UPDATE sources SET id = 0 WHERE id = 3; UPDATE locations SET id = -9223372036854775807 - 1 WHERE key = 'muqur-ghazni';
                UPDATE operations SET id = -id; UPDATE figures SET id = -id; UPDATE archive SET operation = -1, last_claim = -1;"),
    ),
    (
        "a sequence of nonsense",
        Schema("UPDATE sqlite_sequence SET seq = 'abc'; INSERT INTO sqlite_sequence VALUES ('claims', NULL), (NULL, 5), ('sources', x'ff'), ('sources', -5);"),
    ),
    (
        "numbers without end",
        Behind("UPDATE figures SET value = 9e999, low = -9e999, high = 9e999 WHERE id < 20; UPDATE locations SET lat = 9e999, lon = -9e999 WHERE id < 9; UPDATE qualifiers SET below_factor = 9e999, above_factor = -9e999;"),
    ),
    (
        "numbers at the edge",
        Behind("UPDATE figures SET value = 1.7e308 WHERE id % 3 = 0; UPDATE figures SET value = 9223372036854775807, low = NULL, high = NULL WHERE id % 3 = 1; UPDATE figures SET value = 5e-324, low = -1.7e308, high = 1.7e308 WHERE id % 3 = 2;
                UPDATE claims SET version = 9223372036854775807 WHERE id < 9; UPDATE assessments SET claim_version = 9223372036854775807 WHERE id < 5; UPDATE statuses SET rank = 9223372036854775807;
                UPDATE measures SET unit = 'USD'; UPDATE locations SET lat = 1e308, lon = -1e308;"),
    ),
    (
        "dates of nonsense",
        Behind("UPDATE claims SET happened = printf('%.*c', 900000, '2') WHERE id = 1; UPDATE claims SET happened = '9999-12-31/0001-01-01', due = '2021-02-30' WHERE id = 2; UPDATE claims SET happened = '../..' WHERE id = 3;
                UPDATE claims SET happened = 'whenever', withdrawn = 'x' WHERE id = 4; UPDATE claims SET happened = '2021-13-45T99:99:99Z' WHERE key = 'muqur-fell'; UPDATE sources SET published = '-999999999-01-01', retrieved = 'x';
                UPDATE figures SET as_of = '٢٠٢١'; UPDATE mentions SET said_on = '2021-06-XX/XXXX-XX-XX'; UPDATE measures SET starts = '0000';"),
    ),
    (
        "moments of nonsense",
        Behind("UPDATE assessments SET at = 'whenever'; UPDATE operations SET at = '9999-99-99T99:99:99Z'; UPDATE revisions SET at = ''; UPDATE archive SET created = x'ff'; UPDATE captures SET captured_at = 'x';
                UPDATE assessments SET at = '99999999-01-01T00:00:00Z' WHERE id = 1;"),
    ),
    (
        "dates kept wrongly",
        Behind("UPDATE dates SET earliest = '0001-01-01', latest = 'zzz'; DELETE FROM dates WHERE id % 2 = 0; UPDATE dates SET earliest = x'ff' WHERE id = 3; UPDATE kept_figures SET lower = 'x', upper = -9e999, first_day = 'x';
                UPDATE kept_weights SET origins = 9999, mentions = -1, took_back = 'x'; UPDATE OR IGNORE kept_origins SET origin_id = 9999;"),
    ),
    // References.
    (
        "circles of sources, places, figures and operations",
        Behind("DELETE FROM source_origins; INSERT INTO source_origins (source_id, relation, origin_id) SELECT id, 'copies', (SELECT coalesce(min(s.id), (SELECT min(id) FROM sources)) FROM sources AS s WHERE s.id > sources.id) FROM sources;
                INSERT INTO source_origins (source_id, relation, origin_id) SELECT id, 'cites', id FROM sources; INSERT INTO source_origins (source_id, relation, origin_id) SELECT a.id, 'speaks_for', b.id FROM sources AS a, sources AS b WHERE b.id <= 12;
                UPDATE locations SET within_id = (SELECT coalesce(min(l.id), (SELECT min(id) FROM locations)) FROM locations AS l WHERE l.id > locations.id); UPDATE locations SET within_id = id WHERE id = 7;
                UPDATE figures SET out_of_id = (SELECT coalesce(min(f.id), (SELECT min(id) FROM figures)) FROM figures AS f WHERE f.id > figures.id); UPDATE operations SET undoes = id;
                INSERT INTO claim_links (from_id, relation, to_id) SELECT id, 'part_of', id FROM claims; INSERT INTO aliases (table_name, alias, row_id) SELECT 'claims', key, id + 1 FROM claims;"),
    ),
    (
        "a place within itself, and chains of 20,000",
        Behind("INSERT INTO locations (id, key, name, kind, within_id) WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000) SELECT 1000 + x, 'deep-' || x, 'D' || x, 'site', CASE WHEN x > 1 THEN 999 + x END FROM n;
                INSERT INTO sources (id, key, kind, title) WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000) SELECT 1000 + x, 'chain-' || x, 'article', 'C' || x FROM n;
                INSERT INTO source_origins (source_id, relation, origin_id) WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 4999) SELECT 1000 + x, 'copies', 1001 + x FROM n;
                INSERT INTO mentions (claim_id, source_id) SELECT id, 1001 FROM claims; INSERT INTO claim_locations (claim_id, location_id) SELECT id, 21000 FROM claims;"),
    ),
    (
        "references to nothing",
        Behind("UPDATE OR IGNORE mentions SET claim_id = 99999 WHERE id % 3 = 0; UPDATE OR IGNORE mentions SET source_id = 99999 WHERE id % 3 = 1; UPDATE OR IGNORE mentions SET speaker_id = 99999 WHERE id % 3 = 2; UPDATE figures SET measure_id = 99999 WHERE id % 2 = 0; UPDATE figures SET claim_id = 99999, out_of_id = 99999 WHERE id % 2 = 1;
                UPDATE assessments SET assessor_id = 99999 WHERE id % 2 = 0; UPDATE assessments SET claim_id = 99999, status = 'none' WHERE id % 2 = 1; UPDATE locations SET within_id = 99999, kind = 'none'; UPDATE claims SET kind = 'none', status = 'none'; UPDATE sources SET kind = 'none';
                UPDATE captures SET source_id = 99999; UPDATE archive SET desk = 'nobody', operation = 99999; INSERT INTO aliases (table_name, alias, row_id) VALUES ('claims', 'lost', 99999), ('nowhere', 'x', 1);"),
    ),
    (
        "code lists that are empty",
        Behind("DELETE FROM statuses; DELETE FROM source_kinds; DELETE FROM location_kinds; DELETE FROM claim_kinds; DELETE FROM stances; DELETE FROM hedges; DELETE FROM qualifiers; DELETE FROM dimensions; DELETE FROM growths;
                DELETE FROM origin_relations; DELETE FROM link_relations; DELETE FROM credibilities; DELETE FROM reliabilities; DELETE FROM place_relations; DELETE FROM location_precisions; DELETE FROM columns; DELETE FROM reports;"),
    ),
    (
        "every source of every other, and a thousand figures that disagree",
        Behind("INSERT OR IGNORE INTO source_origins (source_id, relation, origin_id) SELECT a.id, 'quotes', b.id FROM sources AS a, sources AS b WHERE a.id <> b.id;
                INSERT INTO figures (key, claim_id, measure_id, value, as_of) WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000) SELECT 'many-' || x, 1 + x % 70, 1, x, '2021-06-28' FROM n;
                INSERT OR IGNORE INTO mentions (claim_id, source_id) SELECT c.id, s.id FROM claims AS c, sources AS s;"),
    ),
    // Equations, history, copies.
    (
        "an equation that nests 10,000 deep",
        Behind("UPDATE equations SET expression = replace(printf('%.*c', 10000, 'x'), 'x', '(') || 'districts-held' || replace(printf('%.*c', 10000, 'x'), 'x', ')') || ' = 1' WHERE id = 1;
                INSERT INTO equations (key, expression) VALUES ('long', replace(printf('%.*c', 50000, 'x'), 'x', 'districts-held + ') || '1 = 2'), ('minus', replace(printf('%.*c', 50000, 'x'), 'x', '-') || '1 = 2'), ('none', ''), ('zero', '1 / 0 = 0 / 0'), ('large', '1e308 * 1e308 = 1e308 - -1e308'), ('digits', printf('%.*c', 900000, '9') || ' = 1');"),
    ),
    (
        "a record of operations of nonsense",
        Behind("UPDATE operations SET document = x'ff00ff', document_rows = 99, added = 9223372036854775807, undoes = 99999; UPDATE operation_ranges SET first_id = -9223372036854775807, last_id = 9223372036854775807, table_name = 'nowhere' WHERE id % 2 = 0;
                UPDATE operation_ranges SET first_id = 1, last_id = 9223372036854775807 WHERE id % 2 = 1; UPDATE operation_inputs SET name = char(27) || '[2J', sha256 = 'x', bytes = -1; INSERT INTO revisions (at, table_name, row_key, row_id, action, column_name, was, operation_id) VALUES ('2021-07-02T12:00:00Z', 'sqlite_schema', 'x', 1, 'update', 'sql', 'x', 1), ('2021-07-02T12:00:00Z', 'claims', 'muqur-fell', 1, 'update', 'nosuch\"; DROP', x'ff', 1), ('2021-07-02T12:00:00Z', 'claims', 'x', 999, 'delete', '*', '{\"a\":', 2);
                UPDATE revisions SET was = '{\"id\": [' WHERE id % 2 = 0; UPDATE archive SET operation = 1;"),
    ),
    (
        "operations that take each other back",
        Behind("UPDATE operations SET undoes = (SELECT max(id) FROM operations AS o WHERE o.id <> operations.id); UPDATE operation_ranges SET operation_id = (SELECT max(id) FROM operations); UPDATE revisions SET operation_id = 1, row_id = 1;"),
    ),
    (
        "documents of operations that unfold to a row too large",
        Made(|db| {
            let bomb = deflated(1 << 27, b' ');
            let lines = deflated_of(&b"{\"table\":\"claims\",\"key\":\"x\"}\n".repeat(100_000));
            db.execute("UPDATE operations SET document = ?1, document_rows = 5 WHERE id % 2 = 0", [bomb]).unwrap();
            db.execute("UPDATE operations SET document = ?1, document_rows = 5 WHERE id % 2 = 1", [lines]).unwrap();
        }),
    ),
    (
        "captured copies of the wrong size",
        Behind("UPDATE sqlar SET sz = 9223372036854775807; UPDATE captures SET sha256 = NULL; INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES ('b', 33188, 0, -1, x'78'), ('c', -1, 9223372036854775807, 5, NULL), ('d', 16877, 0, 0, NULL), ('e', 40960, 0, -1, '/etc/passwd');
                INSERT INTO captures (source_id, sqlar_id, sha256) SELECT 1, id, '0000000000000000000000000000000000000000000000000000000000000000' FROM sqlar WHERE name IN ('b', 'c', 'd', 'e');"),
    ),
    (
        "a captured copy that unfolds to more than it says",
        Made(|db| {
            let bomb = deflated(1 << 27, 0);
            db.execute("UPDATE sqlar SET data = ?1, sz = 134217727", [&bomb]).unwrap();
            db.execute("INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES ('bomb', 33188, 0, 1099511627776, ?1)", [&bomb]).unwrap();
            run(db, "INSERT INTO captures (source_id, sqlar_id) SELECT 2, id FROM sqlar WHERE name = 'bomb'");
        }),
    ),
    (
        "captured copies that would be put elsewhere",
        Behind("UPDATE sqlar SET name = '../../../tmp/onrecord-escaped'; INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES ('/tmp/onrecord-escaped', 33188, 0, 1, 'x'), ('a/../../b', 33188, 0, 1, 'x'), ('', 33188, 0, 1, 'x'), (char(0), 33188, 0, 1, 'x'), ('onrecord.db', 33188, 0, 1, 'x'), (printf('%.*c', 900000, 'n'), 33188, 0, 1, 'x');
                INSERT INTO captures (source_id, sqlar_id) SELECT id, id FROM sqlar WHERE id > 1; UPDATE captures SET url = 'javascript:alert(1)', media_type = char(10) || 'x';"),
    ),
    (
        "parts of captured copies in a circle",
        Behind("INSERT INTO sqlar (id, name, mode, mtime, sz, data) VALUES (50, 'p', 33188, 0, 1, 'x'), (51, 'q', 33188, 0, 1, 'y'); INSERT INTO capture_parts (first_id, part, sqlar_id) VALUES (1, 2, 1), (50, 2, 51), (51, 2, 50), (1, 9223372036854775807, 99), (99, 7, 98);
                INSERT INTO captures (source_id, sqlar_id) VALUES (3, 50), (4, 51); INSERT INTO removed_bytes (operation_id, data) VALUES (1, x'ff'), (99999, x'00');"),
    ),
    // The page.
    (
        "texts that would be code on a page",
        Behind("UPDATE claims SET text = '<script>alert(1)</script><img src=x onerror=alert(1)>', note = ']]>-->\"''`${x}'; UPDATE sources SET title = '</title><script>', url = 'javascript:alert(1)', archived_url = 'data:text/html,<script>'; UPDATE locations SET name = '\"><svg onload=alert(1)>';
                UPDATE archive SET title = '</script>=cmd()'; UPDATE mentions SET quote = '=HYPERLINK(\"x\")', locator = '@SUM(' || id || ')';"),
    ),
    // The schema.
    ("no claims", Schema("DROP TABLE claims;")),
    ("no mentions, sources and places", Schema("DROP TABLE mentions; DROP TABLE sources; DROP TABLE locations;")),
    ("no record of operations", Schema("DROP TABLE operations; DROP TABLE revisions; DROP TABLE operation_ranges;")),
    ("no copies, dates and kept rows", Schema("DROP TABLE sqlar; DROP TABLE captures; DROP TABLE dates; DROP TABLE kept_weights; DROP TABLE kept_figures; DROP TABLE outdated_claims;")),
    ("no code lists, reports and columns", Schema("DROP TABLE statuses; DROP TABLE qualifiers; DROP TABLE reports; DROP TABLE columns; DROP TABLE refinery_schema_history;")),
    (
        "columns lost and renamed",
        Schema("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'happened TEXT', 'hapened TEXT') WHERE name = 'claims'; UPDATE sqlite_schema SET sql = replace(sql, 'outlet TEXT', 'outlett TEXT') WHERE name = 'sources';"),
    ),
    (
        "more columns, computed ones among them",
        Schema("ALTER TABLE claims ADD COLUMN \"a\"\"b\" TEXT; ALTER TABLE claims ADD COLUMN g TEXT AS (printf('%.*c', 5000000, 'x')) VIRTUAL; ALTER TABLE sources ADD COLUMN g TEXT AS (json_extract(title, '$')) VIRTUAL;
                ALTER TABLE locations ADD COLUMN n INTEGER NOT NULL DEFAULT 5; CREATE INDEX locations_by_n ON locations (n);"),
    ),
    (
        "indexes gone, and keys that are there twice",
        Schema("DROP INDEX mentions_by_source; DROP INDEX sources_by_canonical; DROP INDEX locations_within; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'key TEXT NOT NULL UNIQUE', 'key TEXT NOT NULL') WHERE name IN ('claims', 'sources');
                DELETE FROM sqlite_schema WHERE name IN ('sqlite_autoindex_claims_1', 'sqlite_autoindex_sources_1'); PRAGMA writable_schema = RESET; INSERT INTO claims (key, text, kind) SELECT key, text, kind FROM claims; UPDATE sources SET key = 'same';"),
    ),
    ("an index of a stranger's that fails", Schema("CREATE INDEX evil ON claims (abs(id - 9223372036854775807 - 1)); CREATE INDEX evil2 ON sources (iif(id > 100000, json_extract(title, '$'), 1)); CREATE INDEX evil3 ON mentions (printf('%.*c', 100000, 'x'));")),
    ("an index with a collation that is not there", Schema("CREATE INDEX evil ON claims (text); PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX evil ON claims (text COLLATE nosuch)' WHERE name = 'evil';")),
    ("a table whose text is no SQL", Schema("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE claims (' WHERE name = 'claims';")),
    ("a view whose text is no SQL", Schema("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE VIEW report_status AS SELEKT' || char(0) || CAST(x'ff' AS TEXT) WHERE name = 'report_status';")),
    ("a schema with kinds of nothing", Schema("PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('nothing', 'x', 'x', 0, 'CREATE NOTHING x'), ('view', NULL, NULL, NULL, NULL), (NULL, NULL, NULL, NULL, NULL), ('view', x'ff', 'y', 'z', x'00');")),
    ("roots of tables beyond the file, and one for two", Schema("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 999999999 WHERE name = 'mentions'; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'claims') WHERE name = 'sources';")),
    ("a root of a table of 0, and of the schema itself", Schema("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 0 WHERE name = 'figures'; UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'revisions'; UPDATE sqlite_schema SET rootpage = -5 WHERE name = 'dates';")),
    ("a table without row ids in place of claims", Schema("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || ' WITHOUT ROWID' WHERE name = 'measures'; UPDATE sqlite_schema SET sql = replace(sql, 'AUTOINCREMENT', '') WHERE name = 'claims';")),
    ("a view in place of mentions", Schema("PRAGMA legacy_alter_table = ON; ALTER TABLE mentions RENAME TO was; CREATE VIEW mentions AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id, x AS claim_id, x AS source_id FROM n;")),
    // Triggers.
    (
        "triggers that write, raise and go on without end",
        Sql("CREATE TRIGGER evil AFTER INSERT ON claims BEGIN UPDATE claims SET note = 'sprung'; DELETE FROM assessments; END; CREATE TRIGGER evil2 BEFORE INSERT ON sources BEGIN SELECT raise(ABORT, 'no\u{1b}[2J'); END;
             CREATE TABLE loop (x); CREATE TRIGGER evil3 AFTER INSERT ON loop BEGIN INSERT INTO loop SELECT x FROM loop; END; CREATE TRIGGER evil4 AFTER INSERT ON operations BEGIN INSERT INTO loop VALUES (1); END;
             CREATE VIEW report_trap AS SELECT key FROM claims; CREATE TRIGGER evil5 INSTEAD OF DELETE ON report_trap BEGIN DELETE FROM claims; END;"),
    ),
    ("triggers under the names of guards", Sql("DROP TRIGGER claims_insert_guard; CREATE TRIGGER claims_insert_guard BEFORE INSERT ON claims BEGIN SELECT 1; END; DROP TRIGGER sources_delete_guard; DROP TRIGGER assessments_keep_status; CREATE TRIGGER assessments_keep_status AFTER INSERT ON assessments BEGIN UPDATE claims SET text = 'x'; END;")),
    // What the file says that it is.
    ("no archive row", Behind("DELETE FROM archive;")),
    ("an archive row of nonsense", Behind("UPDATE archive SET version = x'ff', installed = 'x', title = char(27) || '[2J' || char(10), desk = printf('%.*c', 900000, 'd');")),
    ("a format without end", Behind("UPDATE archive SET version = 9223372036854775807, installed = -9223372036854775807; INSERT INTO refinery_schema_history VALUES (2147483647, 'x', 'never', 'x');")),
    ("an older format", Behind("UPDATE archive SET installed = -1, version = 25; DELETE FROM refinery_schema_history WHERE version > 25;")),
    ("a history of migrations of nonsense", Behind("UPDATE refinery_schema_history SET checksum = x'ff', applied_on = '', name = NULL, version = -version;")),
    ("other numbers in the header", Sql("PRAGMA application_id = -1; PRAGMA user_version = -2147483648;")),
    // The search index.
    ("a search index of nonsense", Schema("UPDATE words_fts_data SET block = x'ff00ff00ff00ff00ff'; UPDATE claims_fts_data SET block = zeroblob(100000); DELETE FROM sources_fts_config;")),
    ("a search index of other columns", Schema("DROP TABLE claims_fts; CREATE VIRTUAL TABLE claims_fts USING fts5(other); DROP TABLE words_fts; CREATE TABLE words_fts (words); DROP TABLE sources_fts; CREATE VIEW sources_fts AS SELECT 1 AS x;")),
    ("statistics of nonsense", Schema("ANALYZE; DELETE FROM sqlite_stat1; INSERT INTO sqlite_stat1 VALUES ('claims', 'claims_by_status', 'unordered x -5 99999999999999999999'), (NULL, NULL, NULL), ('mentions', 'mentions_by_source', '1 1'), ('nosuch', 'nosuch', x'ff');")),
    // The file.
    ("an empty file", Bytes(Vec::clear)),
    ("a hundred bytes", Bytes(|file| file.truncate(100))),
    ("half a file", Bytes(|file| file.truncate(file.len() / 2 / 4096 * 4096))),
    ("a file cut within a page", Bytes(|file| file.truncate(file.len() - 1000))),
    ("bytes as of an encrypted file", Bytes(|file| scramble(file, 0))),
    ("bytes as of an encrypted file behind a header", Bytes(|file| scramble(file, 100))),
    ("zeros behind a header", Bytes(|file| file[100..].fill(0))),
    ("every second page empty", Bytes(|file| file.chunks_mut(4096).skip(1).step_by(2).for_each(|page| page.fill(0)))),
    ("a page size of 512 that is none", Bytes(|file| file[16..18].copy_from_slice(&[2, 0]))),
    ("a page size of 65,536 that is none", Bytes(|file| file[16..18].copy_from_slice(&[0, 1]))),
    ("a page size of 3", Bytes(|file| file[16..18].copy_from_slice(&[0, 3]))),
    ("texts that are said to be UTF-16", Bytes(|file| file[56..60].copy_from_slice(&[0, 0, 0, 2]))),
    ("an encoding that there is not", Bytes(|file| file[56..60].copy_from_slice(&[0, 0, 0, 9]))),
    ("a format of the schema of the future", Bytes(|file| file[44..48].copy_from_slice(&[0, 0, 0, 99]))),
    ("a version of the file of the future", Bytes(|file| file[18..20].copy_from_slice(&[9, 9]))),
    ("a log that is said to be there", Bytes(|file| file[18..20].copy_from_slice(&[2, 2]))),
    ("a list of free pages of nonsense", Bytes(|file| file[32..40].copy_from_slice(&[0, 0, 0, 5, 0xff, 0xff, 0xff, 0xff]))),
    ("a number of pages of nonsense", Bytes(|file| file[28..32].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff]))),
    ("reserved bytes in each page", Bytes(|file| file[20] = 200)),
    ("an archive in UTF-16", Files(in_utf16)),
    ("an archive of small pages", Files(|path| paged(path, 512))),
    ("an archive of large pages", Files(|path| paged(path, 65_536))),
    (
        "changes that wait in a log",
        Files(|path| {
            let db = Connection::open(path).unwrap();
            run(&db, "PRAGMA journal_mode = WAL; UPDATE claims SET note = 'in the log'");
            let log = beside(path, "-wal");
            let (file, waiting) = (std::fs::read(path).unwrap(), std::fs::read(&log).unwrap());
            drop(db);
            std::fs::write(path, file).unwrap();
            std::fs::write(log, waiting).unwrap();
        }),
    ),
    (
        "a log of nonsense",
        Files(|path| {
            run(&Connection::open(path).unwrap(), "PRAGMA journal_mode = WAL");
            std::fs::write(beside(path, "-wal"), [0x37, 0x7f, 0x06, 0x82].repeat(5000)).unwrap();
        }),
    ),
    (
        "a journal of nonsense",
        Files(|path| std::fs::write(beside(path, "-journal"), b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7".repeat(600)).unwrap()),
    ),
];

/// The file beside an archive whose name ends so.
pub fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Makes the archive at this path hostile.
pub fn apply(change: &Change, path: &Path) {
    match change {
        Bytes(change) => {
            let mut file = std::fs::read(path).unwrap();
            change(&mut file);
            std::fs::write(path, file).unwrap();
        }
        Files(change) => change(path),
        Sql(sql) => run(&open(path), sql),
        Schema(sql) => {
            let db = open(path);
            drop_triggers(&db);
            run(&db, "PRAGMA foreign_keys = OFF");
            run(&db, sql);
        }
        Behind(sql) => behind(path, |db| run(db, sql)),
        Made(make) => behind(path, make),
    }
}

/// A connection that does not wait for the disk.
fn open(path: &Path) -> Connection {
    let db = Connection::open(path).unwrap();
    run(&db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
    db
}

/// Runs statements without the guards, which come back.
fn behind(path: &Path, change: impl Fn(&Connection)) {
    let db = open(path);
    run(&db, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
    let triggers = drop_triggers(&db);
    change(&db);
    run(&db, &triggers);
}

/// Drops all triggers, and returns the statements that make them again.
fn drop_triggers(db: &Connection) -> String {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid";
    let mut found = db.prepare(sql).unwrap();
    let rows = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    let rows: Vec<(String, String)> = rows.unwrap().map(Result::unwrap).collect();
    let drop: String = rows.iter().map(|(name, _)| format!("DROP TRIGGER \"{name}\";")).collect();
    run(db, &format!("BEGIN; {drop} COMMIT"));
    let make: String = rows.into_iter().map(|(_, sql)| format!("{sql};\n")).collect();
    format!("BEGIN; {make} COMMIT")
}

#[track_caller]
fn run(db: &Connection, sql: &str) {
    if let Err(error) = db.execute_batch(sql) {
        panic!("{error}: {}", &sql[..sql.len().min(300)]);
    }
}

/// So many of this byte as zlib compresses them.
fn deflated(number: usize, byte: u8) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let block = vec![byte; 1 << 20];
    (0..number >> 20).for_each(|_| out.write_all(&block).unwrap());
    out.finish().unwrap()
}

fn deflated_of(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Bytes without a pattern, from this place on.
fn scramble(file: &mut [u8], from: usize) {
    let mut state: u64 = 7;
    for byte in &mut file[from..] {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *byte = state.to_be_bytes()[1];
    }
}

fn paged(path: &Path, size: u32) {
    run(&open(path), &format!("PRAGMA page_size = {size}; VACUUM"));
}

/// The same tables and rows with texts in UTF-16.
fn in_utf16(path: &Path) {
    let was = Connection::open(path).unwrap();
    let other = path.with_extension("utf16");
    let db = Connection::open(&other).unwrap();
    run(
        &db,
        "PRAGMA encoding = 'UTF-16le'; PRAGMA application_id = 1869509219; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; BEGIN",
    );
    let sql = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'
      AND name NOT GLOB '*_fts_*' ORDER BY type = 'trigger', type = 'view', type = 'index', rowid";
    let mut made = was.prepare(sql).unwrap();
    let rows = made.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let rows: Vec<(String, String, String)> = rows.unwrap().map(Result::unwrap).collect();
    for (kind, name, sql) in &rows {
        run(&db, sql);
        if kind != "table" || name.ends_with("_fts") {
            continue;
        }
        let mut from = was.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let marks = vec!["?"; from.column_count()].join(", ");
        let mut to = db.prepare(&format!("INSERT INTO \"{name}\" VALUES ({marks})")).unwrap();
        let columns = from.column_count();
        let mut rows = from.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values = (0..columns).map(|n| row.get::<_, rusqlite::types::Value>(n).unwrap());
            to.execute(rusqlite::params_from_iter(values)).unwrap();
        }
    }
    run(&db, "COMMIT");
    std::fs::rename(other, path).unwrap();
}
