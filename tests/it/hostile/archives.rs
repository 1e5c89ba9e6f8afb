//! Hostile archives: scripts that change a small archive in another tool, without its guards, and files that
//! are something else.

use crate::common::{Sandbox, run};
use flate2::{Compress, Compression, FlushCompress};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::fmt::Write as _;
use std::io::{Seek, SeekFrom, Write};

/// An archive that is meant to exhaust or to mislead.
pub struct Case {
    pub name: &'static str,
    /// True if it holds the same records as before, so that what is printed of them is the same.
    pub same_record: bool,
    pub make: Make,
    /// Beginnings of commands that may take longer or more than others.
    pub slow: &'static [&'static str],
}

/// How an archive becomes hostile.
pub enum Make {
    /// By SQL, in a tool that runs no trigger and checks no rule.
    Sql(&'static str),
    /// By a function, which returns the name of the file.
    File(fn(&Sandbox) -> String),
}

impl Make {
    /// Changes the archive `onrecord.db` of the sandbox, and returns the name of the file to open.
    pub fn run(&self, sandbox: &Sandbox) -> String {
        match self {
            Make::Sql(sql) => {
                let db = open(sandbox);
                db.execute_batch(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
                "onrecord.db".to_owned()
            }
            Make::File(make) => make(sandbox),
        }
    }
}

/// Opens the archive as a tool that runs no trigger and checks no rule.
fn open(sandbox: &Sandbox) -> Connection {
    let db = sandbox.other_tool();
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false).unwrap();
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).unwrap();
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, true).unwrap();
    db.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF").unwrap();
    db
}

const fn same(name: &'static str, sql: &'static str) -> Case {
    Case { name, same_record: true, make: Make::Sql(sql), slow: &[] }
}

const fn other(name: &'static str, sql: &'static str) -> Case {
    Case { name, same_record: false, make: Make::Sql(sql), slow: &[] }
}

const fn slow(name: &'static str, sql: &'static str, slow: &'static [&'static str]) -> Case {
    Case { name, same_record: false, make: Make::Sql(sql), slow }
}

const fn file(name: &'static str, same_record: bool, make: fn(&Sandbox) -> String) -> Case {
    Case { name, same_record, make: Make::File(make), slow: &[] }
}

pub const CASES: &[Case] = &[
    // Views that never end, and those that say something else.
    same(
        "endless report of ours",
        "DROP VIEW report_claims; CREATE VIEW report_claims AS WITH RECURSIVE n (i) AS
           (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS claim, i AS text FROM n",
    ),
    same(
        "endless view behind reports",
        "DROP VIEW claim_ends; CREATE VIEW claim_ends AS WITH RECURSIVE n (i) AS
           (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS claim_id, i AS source_id FROM n",
    ),
    same(
        "endless check of ours",
        "DROP VIEW check_dates; CREATE VIEW check_dates AS WITH RECURSIVE n (i) AS
           (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'claims' AS table_name, i AS key, 'x' AS finding FROM n",
    ),
    same(
        "endless view of dates",
        "DROP VIEW dates_parsed; CREATE VIEW dates_parsed AS WITH RECURSIVE n (i) AS
           (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, max(i) AS earliest, 'x' AS latest FROM n",
    ),
    other(
        "endless report of a stranger's",
        "CREATE VIEW report_mine AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
         INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0)",
    ),
    other(
        "endless sum",
        "CREATE VIEW report_mine AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
           SELECT max(i) AS i FROM n;
         INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0)",
    ),
    slow(
        "endless check of a stranger's",
        "CREATE VIEW check_mine AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
           SELECT 'claims' AS table_name, max(i) AS key, 'x' AS finding FROM n",
        // Documented: it has no limit of its own, and Ctrl-C stops it.
        &["check"],
    ),
    other(
        "report of ten million rows",
        "CREATE VIEW report_mine AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000000)
           SELECT i, 'x' || i AS a, NULL AS b FROM n;
         INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0)",
    ),
    other(
        "report of a cell of 100 MB",
        "CREATE VIEW report_mine AS SELECT hex(zeroblob(50000000)) AS a;
         INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0)",
    ),
    other(
        "report of a sort of everything",
        "CREATE VIEW report_mine AS SELECT a.id FROM columns a, columns b, columns c, columns d
           ORDER BY a.comment || b.comment || c.comment || d.comment;
         INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0)",
    ),
    other(
        "report of groups without end",
        "CREATE VIEW report_mine AS WITH RECURSIVE n (i) AS (SELECT 1 UNION SELECT i + 1 FROM n)
           SELECT group_concat(DISTINCT hex(randomblob(100))) AS a FROM n;
         INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0)",
    ),
    other(
        "pattern that is tried for ever",
        "CREATE VIEW report_mine AS SELECT hex(zeroblob(30000)) LIKE '%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%1' AS a;
         INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0)",
    ),
    same("report that is a table", "DROP VIEW report_claims; CREATE TABLE report_claims (claim, text)"),
    same(
        "reports in a circle",
        "DROP VIEW report_status; DROP VIEW report_gaps;
         CREATE VIEW report_status AS SELECT * FROM report_gaps; CREATE VIEW report_gaps AS SELECT * FROM report_status",
    ),
    same(
        "functions that are not there",
        "DROP VIEW report_status; CREATE VIEW report_status AS SELECT evil(1) AS status;
         CREATE VIEW report_mine AS SELECT writefile('evil.txt', 'x') AS a, load_extension('evil') AS b, readfile('/etc/passwd') AS c;
         INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0)",
    ),
    other(
        "reports with odd names",
        "CREATE VIEW \"report_a\"\"b'c\u{202e}d\" AS SELECT 1 AS a; CREATE VIEW \"report_\" AS SELECT 1 AS a;
         CREATE VIEW \"report_x\ny\u{1b}[31m\" AS SELECT 1 AS a; CREATE VIEW \"check_-- \" AS SELECT 1 AS a;
         CREATE VIEW \"check_\u{2066}\" AS SELECT 'claims' AS table_name, 'k' AS key, char(27) || '[2J' AS finding",
    ),
    other(
        "report in the words of a thousand pages",
        "UPDATE reports SET title = hex(zeroblob(5000000)), question = char(27) || '[2J' || char(8238) WHERE name = 'claims'",
    ),
    // The schema.
    same(
        "table of an unknown module",
        "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)
           VALUES ('table', 'evil', 'evil', 0, 'CREATE VIRTUAL TABLE evil USING evil(x)')",
    ),
    other(
        "statement that is none",
        "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('view', 'evil', 'evil', 0, 'CREATE VIEW evil AS SELEKT')",
    ),
    other(
        "expression of a million terms",
        "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)
           VALUES ('view', 'evil', 'evil', 0, 'CREATE VIEW evil AS SELECT 1' || replace(hex(zeroblob(1000000)), '00', '+1'))",
    ),
    other(
        "two tables on one root",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'sources') WHERE name = 'claims'",
    ),
    other("root far away", "UPDATE sqlite_schema SET rootpage = 2147483647 WHERE name = 'mentions'"),
    other("index on the root of a table", "UPDATE sqlite_schema SET rootpage = 2 WHERE type = 'index' AND name = 'claims_by_status'"),
    other(
        "column with an unknown collation",
        "UPDATE sqlite_schema SET sql = replace(sql, 'text TEXT NOT NULL', 'text TEXT COLLATE evil NOT NULL') WHERE name = 'claims'",
    ),
    same(
        "trigger that starts itself",
        "CREATE TRIGGER evil AFTER INSERT ON sources BEGIN
           INSERT INTO sources (key, kind, title) VALUES (new.key || 'x', 'article', 'X'); END",
    ),
    same(
        "trigger that empties the record",
        "CREATE TRIGGER evil AFTER INSERT ON operations BEGIN DELETE FROM mentions; DELETE FROM claims; END",
    ),
    other(
        "column that is worked out",
        "ALTER TABLE claims ADD COLUMN evil TEXT GENERATED ALWAYS AS (hex(zeroblob(20000000))) VIRTUAL",
    ),
    same("index on a large expression", "CREATE INDEX evil ON claims (substr(hex(zeroblob(10000000)), 1, 9), key)"),
    same(
        "statistics that lie",
        "ANALYZE; DELETE FROM sqlite_stat1; INSERT INTO sqlite_stat1 VALUES
           ('claims', 'claims_by_status', '1 1'), ('mentions', 'mentions_by_source', '1000000000000 1000000000000'),
           ('sources', NULL, '999999999999999999999'), ('figures', 'evil', 'x'), ('claims', 'sqlite_autoindex_claims_1', '')",
    ),
    other("guards dropped", "DROP TRIGGER claims_insert_guard; DROP TRIGGER mentions_update_guard"),
    other("view in place of a table", "ALTER TABLE dates RENAME TO gone; CREATE VIEW dates AS SELECT * FROM gone"),
    other("table gone", "DROP TABLE mentions"),
    // Rows that break rules.
    other("NUL in texts", "UPDATE claims SET text = 'a' || char(0) || 'b'; UPDATE sources SET title = char(0)"),
    other("texts that are not UTF-8", "UPDATE claims SET text = CAST(x'ff41fe' AS TEXT); UPDATE locations SET name = CAST(x'c328' AS TEXT)"),
    other("bytes in place of texts", "UPDATE claims SET text = zeroblob(10), note = x'00ff'; UPDATE sources SET key = x'6161' WHERE id = 2"),
    other("text in place of numbers", "UPDATE mentions SET claim_id = 'x'; UPDATE figures SET value = 'many', low = x'01'"),
    other("nothing in place of something", "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'claims'"),
    other("infinities", "UPDATE figures SET value = 9e999, low = -9e999, high = 9e999; UPDATE locations SET lat = 9e999, lon = -9e999"),
    other("numbers at their limits", "UPDATE figures SET value = 9223372036854775807, low = -9223372036854775808; UPDATE figures SET value = 1.7976931348623157e308 WHERE id % 2"),
    other("dates out of range", "UPDATE claims SET happened = '99999-99-99'; UPDATE dates SET edtf = '0000-13-45' || id, earliest = 'zzzz', latest = ''"),
    other("coordinates out of range", "UPDATE locations SET lat = 1e308, lon = -1e308, precision = -7"),
    other("ids at their limits", "UPDATE sqlite_sequence SET seq = 9223372036854775807; UPDATE claims SET id = 9223372036854775807 WHERE id = 6"),
    other("ids below zero", "UPDATE claims SET id = -id; UPDATE mentions SET id = -id"),
    other("references to nothing", "UPDATE mentions SET claim_id = 999, source_id = 999; UPDATE figures SET measure_id = 999; UPDATE claim_locations SET location_id = 999"),
    other("several archive rows", "INSERT INTO archive SELECT id + 1, format, version, installed, created, title, desk, lineage FROM archive"),
    other("no archive row", "DELETE FROM archive"),
    other("format of the future", "UPDATE archive SET version = 2147483647, installed = 2147483647"),
    other("format of another", "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300"),
    other("equation of a million terms", "UPDATE equations SET expression = '1' || replace(hex(zeroblob(1000000)), '00', ' + 1') || ' = f-about'"),
    other("equation in brackets", "UPDATE equations SET expression = replace(hex(zeroblob(100000)), '00', '(') || 'f-about = 1'"),
    other("keys of a million letters", "UPDATE claims SET key = replace(hex(zeroblob(500000)), '00', 'a') || id WHERE id > 1; UPDATE sources SET key = replace(hex(zeroblob(500000)), '00', 'b') || id WHERE id > 2"),
    other("keys of control characters", "UPDATE claims SET key = char(27) || '[2J' || char(8238) || id WHERE id > 1; UPDATE sources SET title = char(27) || ']0;x' || char(7)"),
    slow(
        "text of 100 MB",
        "UPDATE claims SET text = hex(zeroblob(50000000)) WHERE id = 1",
        // A text of a hundred times the most that the rules allow.
        &["report", "show", "check", "export", "publish", "suggest", "recover", "backup", "-f sound.db merge", "sql", "similar", "search"],
    ),
    slow(
        "note of 100 MB among the revisions",
        "INSERT INTO revisions (at, table_name, row_key, action, column_name, was)
           VALUES ('2021-01-01T00:00:00Z', 'claims', 'crowd-a', 'update', 'note', hex(zeroblob(50000000)))",
        &["show", "export ndjson", "recover", "-f sound.db merge", "report history", "report operations", "report doubts", "publish", "check"],
    ),
    other("title of 50 MB", "UPDATE archive SET title = hex(zeroblob(25000000))"),
    // Many rows.
    other(
        "place inside itself",
        "UPDATE locations SET within_id = 3 WHERE id = 1; UPDATE locations SET within_id = id WHERE id = 4",
    ),
    other(
        "sources in circles",
        "INSERT INTO source_origins (source_id, relation, origin_id) SELECT a.id, 'copies', b.id FROM sources a, sources b",
    ),
    slow(
        "3000 places inside each other",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000)
           INSERT INTO locations (id, key, name, kind, within_id)
           SELECT 100 + i, 'p' || i, 'P' || i, 'town', CASE WHEN i > 1 THEN 99 + i END FROM n;
         UPDATE claim_locations SET location_id = 3100 WHERE id = 1",
        &["report", "show", "check", "export", "publish", "search", "merge", "-f sound.db merge", "import", "add", "recover"],
    ),
    slow(
        "3000 sources that copy each other",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000)
           INSERT INTO sources (id, key, kind, title) SELECT 100 + i, 's' || i, 'article', 'S' || i FROM n;
         WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n LIMIT 2999)
           INSERT INTO source_origins (source_id, relation, origin_id) SELECT 100 + i, 'copies', 99 + i FROM n;
         INSERT INTO mentions (claim_id, source_id, stance, hedge) VALUES (1, 3100, 'asserts', 'none')",
        &["report", "show", "check", "export", "publish", "suggest", "merge", "-f sound.db merge", "import", "refresh", "recover", "add", "assess", "undo", "withdraw", "delete", "rename", "attach", "seed"],
    ),
    slow(
        "300 sources that cite all others",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300)
           INSERT INTO sources (id, key, kind, title) SELECT 100 + i, 's' || i, 'article', 'S' || i FROM n;
         INSERT INTO source_origins (source_id, relation, origin_id)
           SELECT a.id, 'cites', b.id FROM sources a, sources b WHERE a.id > 100 AND b.id > 100 AND a.id <> b.id;
         INSERT INTO mentions (claim_id, source_id, stance, hedge) SELECT 1, id, 'asserts', 'none' FROM sources WHERE id > 100",
        &[],
    ),
    slow(
        "a million mentions of one claim",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000)
           INSERT INTO mentions (claim_id, source_id, stance, hedge, locator) SELECT 1, 1, 'asserts', 'none', 'p. ' || i FROM n",
        // As many rows as a large archive has, which take as long.
        &["report", "check", "export", "publish", "recover", "-f sound.db merge", "backup", "show", "suggest", "refresh", "add", "import", "assess", "withdraw", "undo", "delete", "rename", "merge", "attach", "seed"],
    ),
    slow(
        "30,000 figures of one measure",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000)
           INSERT INTO figures (key, claim_id, measure_id, value, qualifier) SELECT 'g' || i, 1 + i % 6, 1, i, 'exact' FROM n",
        &[],
    ),
    slow(
        "30,000 claims in the same words",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000)
           INSERT INTO claims (key, text, kind) SELECT 'k' || i, 'The bridge over the river at the old mill was destroyed', 'event' FROM n",
        &[],
    ),
    slow(
        "100,000 places of one name",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)
           INSERT INTO locations (key, name, kind, within_id) SELECT 'p' || i, 'Town', 'town', 1 FROM n",
        &[],
    ),
    other("aliases in circles", "INSERT INTO aliases (table_name, alias, row_id) SELECT 'claims', key, 7 - id FROM claims"),
    slow(
        "300,000 operations",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000)
           INSERT INTO operations (at, command) SELECT '2021-01-01T00:00:00Z', 'add' FROM n",
        &[],
    ),
    slow(
        "300,000 dates",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000)
           INSERT INTO dates (edtf, earliest, latest, uncertain, approximate)
           SELECT date('0001-01-01', i || ' days'), date('0001-01-01', i || ' days'), date('0001-01-01', i || ' days'), 0, 0 FROM n",
        &[],
    ),
    other(
        "search index of nonsense",
        "UPDATE words_fts_data SET block = randomblob(5000); UPDATE claims_fts_data SET block = zeroblob(100000) WHERE id > 10",
    ),
    // Captured copies.
    file("copy that inflates to 4 GB", false, |sandbox| {
        let db = open(sandbox);
        let bomb = bomb(4096);
        db.execute(
            "INSERT INTO sqlar (id, name, mode, mtime, sz, data) VALUES (1, 'wire.html', 33188, 0, 4294967296, ?1)",
            [bomb],
        )
        .unwrap();
        capture(&db)
    }),
    file("copy that inflates to more than it says", false, |sandbox| {
        let db = open(sandbox);
        db.execute("INSERT INTO sqlar (id, name, mode, mtime, sz, data) VALUES (1, 'wire.html', 33188, 0, 100, ?1)", [bomb(2048)])
            .unwrap();
        capture(&db)
    }),
    other(
        "copies with odd names and sizes",
        "INSERT INTO sqlar (id, name, mode, mtime, sz, data) VALUES (1, '../../evil', 33188, 0, 1, 'x'),
           (2, '/etc/evil', 41471, -1, -1, x'00'), (3, 'CON', 0, 9223372036854775807, 9223372036854775807, NULL),
           (4, 'a' || char(10) || 'b', NULL, NULL, NULL, zeroblob(10)), (5, 'dir', 16877, 0, 0, NULL);
         INSERT INTO captures (source_id, sqlar_id, sha256) SELECT 1, id, 'x' FROM sqlar",
    ),
    // The file.
    same("page size 512", "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM"),
    same("page size 65536", "PRAGMA page_size = 65536; VACUUM"),
    same("auto vacuum", "PRAGMA auto_vacuum = FULL; VACUUM"),
    same("write-ahead log", "PRAGMA journal_mode = WAL; UPDATE claims SET note = note"),
    file("UTF-16", true, utf_16),
    file("says that it is UTF-16", false, |sandbox| patch(sandbox, 56, &[0, 0, 0, 2])),
    file("page size of nothing", false, |sandbox| patch(sandbox, 16, &[0, 0])),
    file("version of the file format", false, |sandbox| patch(sandbox, 18, &[9, 9])),
    file("reserved bytes in a page", false, |sandbox| patch(sandbox, 20, &[200])),
    file("free pages in a circle", false, |sandbox| patch(sandbox, 32, &[0, 0, 0, 2, 255, 255, 255, 255])),
    file("more pages than it has", false, |sandbox| patch(sandbox, 28, &[127, 255, 255, 255])),
    file("100,000 views", false, |sandbox| many_views(sandbox, 100_000)),
    file("views that double", false, |sandbox| {
        let mut sql = "CREATE VIEW double_0 AS SELECT 1 AS a;".to_owned();
        for n in 1..60 {
            let m = n - 1;
            write!(sql, "CREATE VIEW double_{n} AS SELECT x.a FROM double_{m} x, double_{m} y;").unwrap();
        }
        sql += "CREATE VIEW report_mine AS SELECT * FROM double_59;
                INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0);";
        run_sql(sandbox, &sql)
    }),
    file("report of 1,999 columns", false, |sandbox| {
        let columns: Vec<String> = (0..1999).map(|n| format!("{n} AS c{n}")).collect();
        run_sql(
            sandbox,
            &format!(
                "CREATE VIEW report_mine AS SELECT {} FROM claims;
                 INSERT INTO reports (name, title, builtin) VALUES ('mine', 'Mine', 0);",
                columns.join(", ")
            ),
        )
    }),
    file("empty file", false, |sandbox| write(sandbox, b"")),
    file("header alone", false, |sandbox| {
        let bytes = std::fs::read(sandbox.path("onrecord.db")).unwrap();
        write(sandbox, &bytes[..100])
    }),
    file("text", false, |sandbox| write(sandbox, "SQLite format 3 is what this is not\n".repeat(999).as_bytes())),
    file("20 GB of nothing behind it", false, |sandbox| {
        let path = sandbox.path("onrecord.db");
        std::fs::File::options().write(true).open(path).unwrap().set_len(20 << 30).unwrap();
        "onrecord.db".to_owned()
    }),
    file("folder", false, |sandbox| {
        std::fs::create_dir(sandbox.path("folder.db")).unwrap();
        "folder.db".to_owned()
    }),
    file("named pipe", false, |sandbox| {
        let made = run(sandbox.command("mkfifo").arg("pipe.db"));
        assert_eq!(made.code, 0, "{}", made.err);
        "pipe.db".to_owned()
    }),
    file("device without end", false, |_| "/dev/zero".to_owned()),
    file("link to itself", false, |sandbox| {
        std::os::unix::fs::symlink("loop.db", sandbox.path("loop.db")).unwrap();
        "loop.db".to_owned()
    }),
    file("link", true, |sandbox| {
        std::os::unix::fs::symlink("onrecord.db", sandbox.path("link.db")).unwrap();
        "link.db".to_owned()
    }),
    file("name like an address", true, |sandbox| named(sandbox, "file:x?mode=memory&a=%00")),
    file("name of quotes and breaks", true, |sandbox| named(sandbox, "a'b\"c\n;\u{202e}d\u{1b}[31m.db")),
    file("name like an option", true, |sandbox| named(sandbox, "./--force")),
    file("name like memory", true, |sandbox| named(sandbox, ":memory:")),
    file("journal of nonsense", false, |sandbox| {
        let head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\xff\xff\xff\xff\0\0\0\x01\x7f\xff\xff\xff\0\0\x02\0\0\0\x10\0";
        sandbox.write("onrecord.db-journal", [&head[..], &[0x55; 20_000]].concat());
        "onrecord.db".to_owned()
    }),
    file("log of nonsense", false, |sandbox| {
        sandbox.write("onrecord.db-wal", [&b"\x37\x7f\x06\x82\0\x2d\xe2\x18\0\0\x10\0"[..], &[0x55; 200_000]].concat());
        "onrecord.db".to_owned()
    }),
];

/// Runs SQL in the archive, in a tool that runs no trigger and checks no rule.
fn run_sql(sandbox: &Sandbox, sql: &str) -> String {
    open(sandbox).execute_batch(sql).unwrap();
    "onrecord.db".to_owned()
}

fn write(sandbox: &Sandbox, bytes: &[u8]) -> String {
    sandbox.write("onrecord.db", bytes);
    "onrecord.db".to_owned()
}

/// Gives the archive another name.
fn named(sandbox: &Sandbox, name: &str) -> String {
    std::fs::rename(sandbox.path("onrecord.db"), sandbox.path(name)).unwrap();
    name.to_owned()
}

/// Overwrites bytes of the file.
fn patch(sandbox: &Sandbox, at: u64, bytes: &[u8]) -> String {
    let mut file = std::fs::File::options().write(true).open(sandbox.path("onrecord.db")).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
    "onrecord.db".to_owned()
}

fn many_views(sandbox: &Sandbox, number: usize) -> String {
    let mut sql = "BEGIN;".to_owned();
    for n in 0..number {
        write!(
            sql,
            "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('view', 'report_v{n}', 'report_v{n}', 0, 'CREATE VIEW report_v{n} AS SELECT {n} AS n');"
        )
        .unwrap();
    }
    sql += "COMMIT;";
    run_sql(sandbox, &sql)
}

/// A stream in the format of zlib that is a few bytes for each megabyte of zeros; its checksum is wrong.
fn bomb(megabytes: usize) -> Vec<u8> {
    let zeros = vec![0; 1 << 20];
    let mut compress = Compress::new(Compression::best(), true);
    let mut chunk = |flush| {
        let mut out = Vec::with_capacity(1 << 16);
        compress.compress_vec(&zeros, &mut out, flush).unwrap();
        out
    };
    // After a full flush nothing refers to what came before, so that one megabyte is as the other.
    let first = chunk(FlushCompress::Full);
    let next = chunk(FlushCompress::Full);
    let last = chunk(FlushCompress::Finish);
    [first, next.repeat(megabytes - 2), last].concat()
}

fn capture(db: &Connection) -> String {
    db.execute_batch(&format!(
        "INSERT INTO captures (source_id, sqlar_id, sha256) SELECT id, 1, '{}' FROM sources WHERE key = 'wire'",
        "0".repeat(64)
    ))
    .unwrap();
    "onrecord.db".to_owned()
}

/// The same archive in UTF-16, which SQLite keeps and reads as any other.
fn utf_16(sandbox: &Sandbox) -> String {
    let from = sandbox.path("onrecord.db");
    let db = Connection::open(sandbox.path("wide.db")).unwrap();
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).unwrap();
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, true).unwrap();
    db.execute_batch("PRAGMA encoding = 'UTF-16le'; PRAGMA synchronous = OFF; CREATE TABLE first (a); DROP TABLE first")
        .unwrap();
    let other = Connection::open(from).unwrap();
    let objects = |what: &str| -> Vec<(String, String)> {
        let sql = format!(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND {what} ORDER BY rowid"
        );
        let mut rows = other.prepare(&sql).unwrap();
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let tables = objects("type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT GLOB '*_fts_*'");
    for (name, sql) in tables {
        db.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
        if sql.contains("VIRTUAL") {
            continue;
        }
        let mut rows = other.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let width = rows.column_count();
        let marks = vec!["?"; width].join(", ");
        let mut insert = db.prepare(&format!("INSERT INTO \"{name}\" VALUES ({marks})")).unwrap();
        let mut found = rows.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let values: Vec<rusqlite::types::Value> =
                (0..width).map(|n| row.get(n).unwrap()).collect();
            insert.execute(rusqlite::params_from_iter(values)).unwrap();
        }
    }
    for (_, sql) in objects("type <> 'table'") {
        db.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    let number =
        |name: &str| -> i64 { other.pragma_query_value(None, name, |row| row.get(0)).unwrap() };
    for name in ["application_id", "user_version"] {
        db.pragma_update(None, name, number(name)).unwrap();
    }
    "wide.db".to_owned()
}
