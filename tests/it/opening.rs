//! The opening of archives: the files that are refused, and stay as they were, and the locks, faults
//! and hostile views that the program has to survive.

use crate::common::{Run, Sandbox, required, run, without_privileges};
use onrecord::error::Error;
use onrecord::model::{CancelToken, Table};
use onrecord::ops::archive::check::run_checks;
use onrecord::ops::report;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Runs a reading and a writing command; both must fail with these words and leave the file alone.
#[track_caller]
fn refused(sandbox: &Sandbox, file: &str, words: &str) {
    let before = std::fs::read(sandbox.path(file)).unwrap();
    sandbox.write("d.toml", "onrecord = 1\n");
    for args in [vec!["report", "status"], vec!["import", "d.toml"], vec!["check"]] {
        let args: Vec<&str> = ["-f", file].into_iter().chain(args).collect();
        let said = sandbox.run(&args).failed();
        assert!(said.contains(words), "{args:?}: {said}");
    }
    assert!(before == std::fs::read(sandbox.path(file)).unwrap(), "{file} was touched");
    assert!(!sandbox.path(&format!("{file}-journal")).exists());
}

#[test]
fn files_that_are_no_archive_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("letter.db", "Dear editor,\nthis is no archive.\n");
    refused(&sandbox, "letter.db", "it is not an SQLite file");
    sandbox.write("empty.db", "");
    refused(&sandbox, "empty.db", "it is empty");
    let other = rusqlite::Connection::open(sandbox.path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE letters (body)").unwrap();
    refused(&sandbox, "other.db", "not an onrecord archive");
    other
        .execute_batch(
            "CREATE TABLE archive (format, version); INSERT INTO archive VALUES ('other', 1)",
        )
        .unwrap();
    refused(&sandbox, "other.db", "names another format");
    assert!(sandbox.run(&["-f", ".", "info"]).failed().contains("it is a folder"));
    assert!(sandbox.run(&["-f", "none.db", "info"]).failed().contains("no such file"));
    assert!(sandbox.run(&["-f", "file:x?mode=memory", "info"]).failed().contains("no such file"));
}

/// A newer archive is read as far as its SQL goes, and never written to.
#[test]
fn a_newer_archive_is_read_and_not_written() {
    for newer in [
        "UPDATE archive SET version = 9999",
        "UPDATE archive SET installed = 9999",
        "INSERT INTO refinery_schema_history VALUES (9999, 'x', '2030-01-01T00:00:00Z', '1')",
    ] {
        let sandbox = Sandbox::seeded();
        sandbox
            .other_tool()
            .execute_batch(&format!("{newer}; DROP TRIGGER claims_insert_guard;"))
            .unwrap();
        let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
        assert!(sandbox.run(&["report", "status"]).done().contains("reported"));
        assert!(sandbox.run(&["show", "muqur-fell"]).done().contains("Muqur"));
        assert!(sandbox.run(&["export", "ndjson"]).done().contains("muqur-fell"));
        assert_eq!(sandbox.ask("SELECT count(*) > 0 FROM claims"), "1");
        // Its guards are unknown to this program, and `check` does not vouch for them.
        let check = sandbox.run(&["check"]);
        assert_eq!(check.code, 1);
        assert!(check.out.contains("of a newer program"), "{}", check.out);
        assert!(!check.out.contains("claims_insert_guard"), "{}", check.out);
        sandbox.write("d.toml", "onrecord = 1\n");
        let writing: [&[&str]; 3] = [
            &["import", "d.toml"],
            &["check", "--repair"],
            &["assess", "muqur-fell", "disputed", "--because", "x"],
        ];
        for args in writing {
            let said = sandbox.run(args).failed();
            assert!(said.contains("written by a newer onrecord (format "), "{args:?}: {said}");
            assert!(said.contains("it can be read, not written"), "{args:?}: {said}");
        }
        assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap(), "{newer}");
        // A merge from it is refused too: it would import half of it.
        let _ = sandbox.run(&["-f", "other.db", "init"]).done();
        let said = sandbox.run(&["-f", "other.db", "merge", "onrecord.db"]).failed();
        assert!(said.contains("a newer onrecord wrote it"), "{said}");
    }
}

/// Nothing was released before the present format; archives of development versions are recognised.
#[test]
fn an_archive_of_a_development_version_is_refused_with_a_way_out() {
    let sandbox = Sandbox::new();
    let old = rusqlite::Connection::open(sandbox.path("old.db")).unwrap();
    old.execute_batch(
        "CREATE TABLE archive (id INTEGER PRIMARY KEY, format TEXT, version INTEGER, created TEXT, title TEXT,
           desk TEXT, editor TEXT);
         INSERT INTO archive VALUES (1, 'onrecord', 22, '2021-07-02T12:00:00Z', NULL, 'desk', NULL);
         CREATE TABLE refinery_schema_history (version int4 PRIMARY KEY, name, applied_on, checksum);
         INSERT INTO refinery_schema_history VALUES (22, 'corrections', '2021-07-02T12:00:00Z', '1');",
    )
    .unwrap();
    refused(&sandbox, "old.db", "from before the first release");
    let said = sandbox.run(&["-f", "old.db", "info"]).failed();
    assert!(said.contains("export ndjson") && said.contains("import"), "{said}");
    // So is one whose migrations were other ones, when it would be brought up to date.
    let sandbox = Sandbox::empty();
    sandbox
        .other_tool()
        .execute_batch(
            "UPDATE refinery_schema_history SET checksum = '1' WHERE version = 1;
             UPDATE archive SET installed = 0",
        )
        .unwrap();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let said = sandbox.run(&["add", "source", "--kind", "report", "--title", "T"]).failed();
    assert!(said.contains("from before the first release"), "{said}");
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

#[test]
fn a_damaged_archive_is_refused_and_kept() {
    let sandbox = Sandbox::seeded();
    let whole = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    for length in [100, 4096, 40_000, whole.len() - 4096] {
        sandbox.write("cut.db", &whole[..length]);
        let said = sandbox.run(&["-f", "cut.db", "check"]);
        assert!(said.code == 3 || said.code == 1, "{length}: {}{}", said.out, said.err);
        assert!(!said.err.contains("panicked"), "{}", said.err);
        assert_eq!(std::fs::metadata(sandbox.path("cut.db")).unwrap().len(), length as u64);
    }
    let mut torn = whole.clone();
    let at = whole.len() / 4096 / 2 * 4096;
    torn[at..at + 8192].fill(0xff);
    sandbox.write("torn.db", &torn);
    let said = sandbox.run(&["-f", "torn.db", "check"]);
    assert!(said.code == 3 || said.out.contains("pages"), "{}{}", said.out, said.err);
    let said = sandbox
        .run(&["-f", "torn.db", "assess", "muqur-fell", "disputed", "--because", "x"])
        .failed();
    assert!(said.contains("is damaged"), "{said}");
    assert!(torn == std::fs::read(sandbox.path("torn.db")).unwrap());
}

#[test]
fn missing_guards_stop_writing_until_repaired() {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch(
            "DROP TRIGGER claims_update_guard;
             DROP VIEW claim_origins;
             CREATE TRIGGER quietly AFTER INSERT ON claims BEGIN SELECT 1; END;",
        )
        .unwrap();
    // Reading works; writing names the missing guards.
    assert!(sandbox.run(&["report", "status"]).done().contains("reported"));
    let said = sandbox.run(&["assess", "muqur-fell", "disputed", "--because", "x"]).failed();
    assert!(
        said.contains("claims_update_guard is missing")
            && said.contains("the view claim_origins is missing")
            && said.contains("strange trigger quietly"),
        "{said}"
    );
    let found = sandbox.run(&["check", "guards"]);
    assert_eq!(found.code, 1);
    let repaired = sandbox.run(&["check", "--repair"]);
    assert_eq!(repaired.code, 0, "{}{}", repaired.out, repaired.err);
    assert!(repaired.err.contains("put right"), "{}", repaired.err);
    let refused = sandbox.other_tool().execute("UPDATE claims SET status = 'confirmed'", []);
    assert!(refused.unwrap_err().to_string().contains("record a verdict"));
    assert_eq!(sandbox.run(&["assess", "muqur-fell", "disputed", "--because", "x"]).code, 0);
}

#[test]
fn check_finds_rows_written_without_guards() {
    let sandbox = Sandbox::seeded();
    let conn = sandbox.other_tool();
    let triggers: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    triggers.iter().for_each(|name| conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
    conn.execute_batch(
        "PRAGMA ignore_check_constraints = ON;
         UPDATE claims SET status = 'confirmed', happened = '2021-06-31' WHERE key = 'muqur-fell';
         UPDATE figures SET low = 10, high = 3 WHERE key = 'districts-captured';
         UPDATE locations SET lat = 99 WHERE key = 'muqur-ghazni';
         UPDATE locations SET within_id = (SELECT id FROM locations WHERE key = 'muqur-ghazni') WHERE key = 'afghanistan';
         INSERT INTO source_origins (source_id, relation, origin_id) SELECT origin_id, 'cites', source_id FROM source_origins LIMIT 1;
         UPDATE mentions SET source_id = 9999 WHERE id = 1;
         INSERT INTO claims (key, text, kind) VALUES ('unseen', 'Nobody indexed it', 'event');
         INSERT INTO sqlar VALUES (1, 'x.txt', 33188, 0, 5, 'hello'), (2, 'y.txt', 33188, 0, 5, 'hello');
         INSERT INTO captures (source_id, sqlar_id, sha256) VALUES (2, 1, '0000000000000000000000000000000000000000000000000000000000000000');",
    )
    .unwrap();
    drop(conn);
    let found = sandbox.run(&["check", "--format", "csv"]);
    assert_eq!(found.code, 1, "{}", found.err);
    for wanted in [
        "guards,,,the trigger",
        "status,claims,muqur-fell",
        "dates,claims,muqur-fell",
        "figures,figures,districts-captured",
        "coordinates,locations,muqur-ghazni",
        "location-circles,locations,afghanistan",
        "origin-circles,sources,",
        "references,mentions,",
        "search,claims,unseen",
        "hashes,sqlar,",
        "captures,sqlar,y.txt",
    ] {
        assert!(found.out.contains(wanted), "{wanted} is not among\n{}", found.out);
    }
}

#[test]
fn a_tampered_migration_history_is_an_error_and_no_panic() {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch("UPDATE refinery_schema_history SET checksum = 'x', applied_on = 'never'; UPDATE archive SET installed = 0")
        .unwrap();
    let said =
        sandbox.run(&["add", "source", "--key", "x", "--kind", "page", "--title", "x"]).failed();
    assert!(said.contains("changed by hand"), "{said}");
}

#[test]
fn a_locked_archive_can_be_read_and_a_writer_waits() {
    let sandbox = Sandbox::seeded();
    let conn = sandbox.other_tool();
    conn.execute_batch("BEGIN IMMEDIATE; UPDATE claims SET note = 'x' WHERE id = 1").unwrap();
    assert!(sandbox.run(&["report", "status"]).done().contains("reported"));
    let writing = std::thread::scope(|scope| {
        let waiting =
            scope.spawn(|| sandbox.run(&["assess", "muqur-fell", "disputed", "--because", "x"]));
        std::thread::sleep(std::time::Duration::from_millis(500));
        assert!(!waiting.is_finished(), "it wrote past the lock");
        conn.execute_batch("COMMIT").unwrap();
        waiting.join().unwrap()
    });
    assert_eq!(writing.code, 0, "{}", writing.err);
    assert_eq!(sandbox.ask("select note from claims where id = 1"), "x");
}

/// A sandbox whose folder `locked` nobody may write to.
struct LockedFolder<'a> {
    sandbox: &'a Sandbox,
    folder: PathBuf,
    /// What runs a program without the rights of root, who may write anywhere.
    prefix: Option<Vec<&'static str>>,
}

impl<'a> LockedFolder<'a> {
    /// Copies these files of the sandbox into the folder, where they may only be read.
    fn of(sandbox: &'a Sandbox, names: &[&str]) -> Self {
        let folder = sandbox.path("locked");
        std::fs::create_dir(&folder).unwrap();
        for name in names {
            let file = folder.join(name);
            std::fs::copy(sandbox.path(name), &file).unwrap();
            std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o444)).unwrap();
        }
        let locked = LockedFolder { sandbox, folder, prefix: without_privileges(sandbox) };
        locked.set_mode(0o555);
        locked
    }

    fn set_mode(&self, bits: u32) {
        std::fs::set_permissions(&self.folder, std::fs::Permissions::from_mode(bits)).unwrap();
    }

    /// Returns false if this is root and cannot be anybody else.
    fn is_locked(&self) -> bool {
        required(
            self.prefix.is_some(),
            "this is root, and neither setpriv nor capsh drops its rights",
        )
    }

    /// Runs the program on the archive in the folder.
    fn run(&self, args: &[&str]) -> Run {
        let command = ["onrecord", "-f", "locked/onrecord.db"];
        let all: Vec<&str> =
            self.prefix.iter().flatten().chain(&command).chain(args).copied().collect();
        run(self.sandbox.command(all[0]).args(&all[1..]))
    }
}

impl Drop for LockedFolder<'_> {
    fn drop(&mut self) {
        self.set_mode(0o755);
    }
}

#[test]
fn reading_works_where_nothing_can_be_written() {
    let sandbox = Sandbox::seeded();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let locked = LockedFolder::of(&sandbox, &["onrecord.db"]);
    if !locked.is_locked() {
        return;
    }
    assert!(locked.run(&["report", "status"]).done().contains("reported"));
    assert_eq!(locked.run(&["check"]).done(), "");
    let said = locked.run(&["assess", "muqur-fell", "disputed", "--because", "x"]).failed();
    assert!(said.contains("cannot write"), "{said}");
    assert!(before == std::fs::read(locked.folder.join("onrecord.db")).unwrap());
    assert_eq!(std::fs::read_dir(&locked.folder).unwrap().count(), 1);
}

/// SQLite passes over the CHECKs of a file that it may only read; `check` does not.
#[test]
fn a_row_that_breaks_a_rule_is_found_where_nothing_can_be_written() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    db.execute_batch(
        "PRAGMA ignore_check_constraints = ON; UPDATE locations SET lat = 91 WHERE id = 1",
    )
    .unwrap();
    db.close().unwrap();
    let locked = LockedFolder::of(&sandbox, &["onrecord.db"]);
    if !locked.is_locked() {
        return;
    }
    let found = locked.run(&["check", "pages"]);
    assert!(
        found.out.contains("CHECK constraint failed in locations"),
        "{} {}",
        found.out,
        found.err
    );
    assert_eq!(std::fs::read_dir(&locked.folder).unwrap().count(), 1);
}

/// A write-ahead log cannot be read where nothing can be written: the message says so, and what to do.
#[test]
fn a_log_in_a_read_only_folder_is_named() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    db.execute_batch(
        "PRAGMA journal_mode = WAL; UPDATE claims SET note = 'in the log' WHERE id = 1",
    )
    .unwrap();
    let locked = LockedFolder::of(&sandbox, &["onrecord.db", "onrecord.db-wal"]);
    if !locked.is_locked() {
        return;
    }
    let show = ["sql", "SELECT note FROM claims WHERE id = 1"];
    let said = locked.run(&show).failed();
    assert!(said.contains("ends in -wal") && said.contains("Copy both files"), "{said}");
    assert!(sandbox.run(&show).done().contains("in the log"));
}

#[test]
fn a_wal_archive_goes_back_to_one_file() {
    let sandbox = Sandbox::seeded();
    sandbox.other_tool().execute_batch("PRAGMA journal_mode = WAL").unwrap();
    assert_eq!(sandbox.run(&["assess", "muqur-fell", "disputed", "--because", "x"]).code, 0);
    let mode: String =
        sandbox.other_tool().query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
}

#[test]
fn a_symbolic_link_is_read_and_not_written() {
    let sandbox = Sandbox::seeded();
    std::os::unix::fs::symlink(sandbox.path("onrecord.db"), sandbox.path("link.db")).unwrap();
    assert!(sandbox.run(&["-f", "link.db", "report", "status"]).done().contains("reported"));
    let said = sandbox
        .run(&["-f", "link.db", "assess", "muqur-fell", "disputed", "--because", "x"])
        .failed();
    assert!(said.contains("symbolic link"), "{said}");
}

#[test]
fn nothing_is_left_of_an_archive_that_could_not_be_made() {
    let sandbox = Sandbox::new();
    sandbox.write("taken.db", "mine");
    let _ = sandbox.run(&["-f", "taken.db", "init"]).failed();
    let _ = sandbox.run(&["-f", "no/folder.db", "seed"]).failed();
    // A file-size limit stands in for a full disk.
    let full = run(sandbox
        .command("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 64; onrecord -f full.db seed"]));
    assert_eq!(full.code, 3, "{}{}", full.out, full.err);
    let names: Vec<_> =
        std::fs::read_dir(sandbox.path("")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["taken.db"]);
    assert_eq!(std::fs::read(sandbox.path("taken.db")).unwrap(), b"mine");
}

#[test]
fn a_full_disk_leaves_the_archive_as_it_was() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.run(&["info"]).done();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let blocks = before.len() / 512 + 16;
    let full = run(sandbox
        .command("sh")
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; onrecord seed")]));
    assert_eq!(full.code, 3, "{}{}", full.out, full.err);
    assert_eq!(sandbox.ask("select count(*) from claims"), "0");
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

#[test]
fn a_reader_cannot_write_whatever_the_sql() {
    let sandbox = Sandbox::seeded();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    for sql in [
        "INSERT INTO claims (key, text, kind) VALUES ('x', 'x', 'event')",
        "UPDATE claims SET note = 'x'",
        "DELETE FROM claims",
        "REPLACE INTO reports (name, title) VALUES ('status', 'x')",
        "DROP TABLE claims",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)",
        "CREATE VIEW v AS SELECT 1",
        "ALTER TABLE claims ADD COLUMN x",
        "ATTACH 'other.db' AS o",
        "DETACH main",
        "VACUUM",
        "VACUUM INTO 'copy.db'",
        "PRAGMA writable_schema = 1",
        "PRAGMA query_only = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA user_version = 5",
        "BEGIN",
        "BEGIN EXCLUSIVE",
        "SAVEPOINT s",
        "REINDEX",
        "ANALYZE",
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('x')",
        "SELECT zeroblob(1000000000)",
        "SELECT randomblob(10)",
        "INSERT INTO claims_fts (claims_fts) VALUES ('rebuild')",
        "SELECT writefile('x', 'y')",
        "SELECT readfile('/etc/passwd')",
        "CREATE VIRTUAL TABLE v USING fts5(x)",
        "EXPLAIN DELETE FROM claims",
        "WITH x AS (SELECT 1) DELETE FROM claims",
        "SELECT 1; DELETE FROM claims",
    ] {
        let said = sandbox.run(&["sql", sql]);
        assert_eq!(said.code, 3, "{sql}: {}{}", said.out, said.err);
    }
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    let names = std::fs::read_dir(sandbox.path("")).unwrap().count();
    assert_eq!(names, 1, "a statement left a file");
}

/// A view with a trigger that changes every claim, views that call functions with an effect, and a
/// view whose name is a statement.
#[test]
fn a_hostile_view_cannot_write() {
    let sandbox = Sandbox::seeded();
    let conn = sandbox.other_tool();
    conn.execute_batch(
        "CREATE VIEW report_trap AS SELECT key, note FROM claims;
         CREATE TRIGGER on_delete INSTEAD OF DELETE ON report_trap BEGIN UPDATE claims SET note = 'sprung'; END;
         CREATE TRIGGER on_insert INSTEAD OF INSERT ON report_trap BEGIN UPDATE claims SET note = 'sprung'; END;
         CREATE TRIGGER on_update INSTEAD OF UPDATE ON report_trap BEGIN UPDATE claims SET note = 'sprung'; END;
         CREATE VIEW \"report_x\"\"; UPDATE claims SET note = 'sprung'; /*\" AS SELECT 1 AS n;",
    )
    .unwrap();
    let functions = [
        "load_extension('./evil')",
        "writefile('evil', 'x')",
        "fts3_tokenizer('evil', x'00')",
        "randomblob(8)",
        "zeroblob(1000000000)",
    ];
    for (n, call) in functions.iter().enumerate() {
        conn.execute_batch(&format!("CREATE VIEW report_f{n} AS SELECT {call} AS x")).unwrap();
    }
    drop(conn);
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    // The trigger does fire when another tool writes to the view, in a copy.
    sandbox.write("copy.db", &before);
    let copy = rusqlite::Connection::open(sandbox.path("copy.db")).unwrap();
    copy.execute_batch("DELETE FROM report_trap").unwrap();
    let sprung = "SELECT count(1) FROM claims WHERE note = 'sprung'";
    assert_eq!(copy.query_row(sprung, [], |row| row.get::<_, i64>(0)).unwrap(), 79);
    drop(copy);
    std::fs::remove_file(sandbox.path("copy.db")).unwrap();

    assert!(sandbox.run(&["report", "trap"]).done().contains("muqur-fell"));
    for sql in [
        "DELETE FROM report_trap",
        "DELETE FROM report_trap RETURNING key",
        "INSERT INTO report_trap (key) VALUES ('x') RETURNING key",
        "UPDATE report_trap SET note = 'x' WHERE key = 'muqur-fell'",
        "SELECT 1; DELETE FROM report_trap",
    ] {
        let _ = sandbox.run(&["sql", sql]).failed();
    }
    for (n, call) in functions.iter().enumerate() {
        for args in [&["report", &format!("f{n}")][..], &["sql", &format!("SELECT {call}")]] {
            let _ = sandbox.run(args).failed();
        }
    }
    let name = "x\"; UPDATE claims SET note = 'sprung'; /*";
    assert_eq!(sandbox.run(&["report", name, "--format", "csv"]).done(), "n\n1\n");
    for args in [
        &["report"][..],
        &["check"],
        &["info"],
        &["info", "--schema"],
        &["show", "muqur-fell"],
        &["search", "muqur"],
        &["suggest"],
        &["export", "ndjson"],
        &["datasette"],
        &["schema"],
    ] {
        let run = sandbox.run(args);
        assert!([0, 1].contains(&run.code), "{args:?}: {}", run.err);
    }
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    assert_eq!(std::fs::read_dir(sandbox.path("")).unwrap().count(), 1, "a view made a file");
}

#[test]
fn a_hostile_view_cannot_run_for_ever() {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch("CREATE VIEW report_endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS i FROM n")
        .unwrap();
    let said = sandbox.run(&["report", "endless", "--timeout", "0.3"]).failed();
    assert!(said.contains("time limit"), "{said}");
    // Through the library, which is cancelled once the query runs.
    let asked = AtomicUsize::new(0);
    let cancel = CancelToken::new(move || {
        (asked.fetch_add(1, Ordering::Relaxed) > 100).then_some("asked to")
    });
    let options = report::Options { today: "2021-07-02".to_owned(), ..report::Options::default() };
    let mut rows = Table::default();
    let ended = report::run(&sandbox.path("onrecord.db"), "endless", &options, cancel, &mut rows);
    assert!(matches!(ended, Err(Error::Stopped { .. })), "{ended:?}");
}

/// An archive of another format answers by what is in it, which may never end: it has the time of what strangers wrote.
#[test]
fn an_archive_of_another_format_answers_in_the_time_of_strangers() {
    let sandbox = Sandbox::seeded();
    let endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 0";
    sandbox
        .other_tool()
        .execute_batch(&format!(
            "DROP VIEW report_status; CREATE VIEW report_status AS {endless};
             DROP VIEW check_dates; CREATE VIEW check_dates AS SELECT 'claims' AS table_name, x AS key, x AS finding FROM ({endless}) AS n;"
        ))
        .unwrap();
    let path = sandbox.path("onrecord.db");
    let options = report::Options { today: "2021-07-02".to_owned(), ..report::Options::default() };
    let over = || CancelToken::never().limiting_foreign(|| CancelToken::new(|| Some("it is over")));
    let status = || report::run(&path, "status", &options, over(), &mut Table::default());
    // The program's own text has all the time that it takes.
    status().unwrap();
    for installed in [1, 9999] {
        let other = format!("UPDATE archive SET installed = {installed}");
        sandbox.other_tool().execute_batch(&other).unwrap();
        let said = status().unwrap_err().to_string();
        assert!(said.contains("it is over"), "{installed}: {said}");
        // So have its checks, and what looks at tables alone is made.
        let found = run_checks(&path, None, false, over()).unwrap().errors.rows;
        let told = |check: &str, what: &str| {
            let mut told = found.iter().filter(|row| row[0].as_text() == Some(check));
            told.any(|row| row[3].as_text().is_some_and(|finding| finding.contains(what)))
        };
        for check in ["dates", "search"] {
            assert!(told(check, "stopped: it is over"), "{installed} {check}: {found:?}");
        }
        assert!(told("guards", "program"), "{installed}: {found:?}");
        for check in ["pages", "references", "text", "hashes"] {
            assert!(!told(check, ""), "{installed} {check}: {found:?}");
        }
    }
}

#[test]
fn ctrl_c_ends_a_query() {
    let sandbox = Sandbox::seeded();
    // A query that SQLite can interrupt, and one long function call in which it polls no handler.
    for sql in [
        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n",
        "select instr(printf('%.*c', 19000000, 'a'), printf('%.*c', 9000000, 'a') || 'b')",
    ] {
        assert_eq!(sandbox.interrupt(&["sql", sql], || true), Some(3), "{sql}");
    }
}

#[test]
fn ctrl_c_leaves_the_archive_as_it_was() {
    let sandbox = Sandbox::empty();
    let mut document = String::from("onrecord = 1\n");
    for n in 0..12_000 {
        document.push_str(&format!("[[claim]]\nkey = \"c{n}\"\ntext = \"Claim {n}\"\nkind = \"event\"\nhappened = \"2021-06-{:02}\"\n", n % 30 + 1));
    }
    sandbox.write("many.toml", document);
    let journal = sandbox.path("onrecord.db-journal");
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    // The journal is there as soon as something is written.
    assert_eq!(sandbox.interrupt(&["import", "many.toml"], || journal.exists()), Some(3));
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    assert!(!journal.exists());
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let sandbox = Sandbox::seeded();
    let said = run(sandbox.command("bash").args(["-c", "set -o pipefail; onrecord sql 'with recursive n(i) as (select 1 union all select i + 1 from n limit 200000) select i from n' --format csv | head -n 1"]));
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "i\n", ""));
}

/// SQLite leaves the rules of tables out where a file is opened for reading only.
#[test]
fn rows_that_break_a_rule_are_found() {
    let sandbox = Sandbox::seeded();
    assert_eq!(sandbox.run(&["check", "pages"]).done(), "");
    let conn = sandbox.other_tool();
    conn.execute_batch(
        "PRAGMA ignore_check_constraints = ON;
         INSERT INTO locations (key, name, kind, lat, lon) VALUES ('x', 'X', 'district', 200, 0)",
    )
    .unwrap();
    drop(conn);
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    // By its name, and beside the other checks.
    for arguments in [&["check", "pages"][..], &["check"], &["check", "--full"]] {
        let found = sandbox.run(arguments);
        assert_eq!(found.code, 1, "{arguments:?}: {}", found.err);
        let failed = found.out.contains("CHECK constraint failed in locations");
        assert!(failed, "{arguments:?}: {}", found.out);
    }
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

/// Faults left by another tool are findings of `check` and stop no other command.
#[test]
fn a_circle_of_places_is_a_finding_and_stops_no_command() {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch("UPDATE locations SET within_id = (SELECT id FROM locations WHERE key = 'muqur-ghazni') WHERE key = 'ghazni-province'")
        .unwrap();
    let _ = sandbox.run(&["assess", "muqur-fell", "disputed", "--because", "x"]).done();
    sandbox.write(
        "n.ndjson",
        "{\"table\":\"claims\",\"key\":\"n\",\"text\":\"N\",\"kind\":\"event\"}\n",
    );
    let _ = sandbox.run(&["import", "n.ndjson"]).done();
    assert!(sandbox.run(&["check"]).out.contains("ghazni-province"));
    // Nor does a line of an import change the desk of the archive.
    sandbox.write("a.ndjson", "{\"table\":\"archive\",\"desk\":\"reuters\",\"title\":\"Mine\"}\n");
    let desk = "select desk || ' ' || title from archive";
    let before = sandbox.ask(desk);
    let _ = sandbox.run(&["import", "a.ndjson"]);
    assert_eq!(sandbox.ask(desk), before);
}

/// A view in place of a table could run without end, whatever command reads the table.
#[test]
fn a_view_in_place_of_a_table_is_no_archive() {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch(
            "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE tbl_name = 'source_grades';
             PRAGMA writable_schema = RESET;
             CREATE VIEW source_grades AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n;",
        )
        .unwrap();
    for args in
        [&["report", "sources"][..], &["export", "ndjson"], &["check"], &["show", "muqur-fell"]]
    {
        let said = sandbox.run(args).failed();
        assert!(said.contains("its source_grades is no table"), "{args:?}: {said}");
    }
}

/// A view of the program's that another tool replaced, dropped or broke says nothing false: `check` makes its own
/// checks, names the view, and repair puts it back.
#[test]
fn a_replaced_report_or_check_is_named_and_believed_by_no_check() {
    let sandbox = Sandbox::seeded();
    let clean = sandbox.run(&["check", "guards"]);
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
    let _ = sandbox.run(&["assess", "muqur-fell", "confirmed", "--because", "x"]).done();
    let weak = sandbox.run(&["check", "evidence"]).out;
    assert!(weak.contains("muqur-fell"), "{weak}");
    let columns = "NULL AS table_name, NULL AS key, NULL AS finding";
    let db = sandbox.other_tool();
    db.execute_batch(&format!(
        "DROP VIEW check_evidence; CREATE VIEW check_evidence AS SELECT {columns} LIMIT 0;
         DROP VIEW check_dates;
         DROP VIEW report_status; CREATE VIEW report_status AS SELECT 'confirmed' AS status, 45 AS claims, 0 AS stale, 1.0 AS share;
         CREATE VIEW check_mine AS SELECT 'claims' AS table_name, 'k' AS key, 'mine' AS finding;"
    ))
    .unwrap();
    let found = sandbox.run(&["check", "guards"]);
    assert_eq!(found.code, 1);
    for told in [
        "the view check_evidence was changed",
        "the view check_dates is missing",
        "the view report_status was changed",
    ] {
        assert!(found.out.contains(told), "{told}: {}", found.out);
    }
    assert!(!found.out.contains("check_mine"), "{}", found.out);
    assert_eq!(sandbox.run(&["check", "evidence"]).out, weak);
    let listed = sandbox.run(&["check", "--list"]).done();
    assert!(listed.contains("dates") && listed.contains("mine"), "{listed}");
    assert_eq!(sandbox.run(&["check", "dates"]).code, 0);
    assert!(sandbox.run(&["check", "mine"]).out.contains("mine"));
    // The report answers by the program's own text, and says so.
    for args in [&["report", "status"][..], &["report", "status", "--where", "status=confirmed"]] {
        let run = sandbox.run(&[args, &["--format", "csv"]].concat());
        assert!(run.err.contains("by its own text"), "{}", run.err);
        assert!(!run.out.contains(",45,"), "{}", run.out);
    }
    let _ = sandbox.run(&["check", "--repair"]);
    assert_eq!(sandbox.run(&["check", "guards"]).code, 0);
    assert_eq!(sandbox.run(&["report", "status"]).err, "");
    assert_ne!(sandbox.ask("SELECT count(*) FROM report_status"), "1");
}

/// A view behind the reports that another tool replaced, whatever reads it, and what a command prints that it would
/// change.
#[test]
fn a_replaced_view_behind_the_reports_is_believed_by_no_command() {
    let sandbox = Sandbox::seeded();
    let commands: &[&[&str]] = &[
        &["report", "corroboration"],
        &["report", "claims"],
        &["report", "status"],
        &["report", "suggestions"],
        &["suggest"],
        &["show", "muqur-fell"],
        &["log"],
        &["export", "claimreview", "-"],
        &[
            "sql",
            "SELECT sum(origins) FROM claim_weights; SELECT sum(origins) FROM report_corroboration",
        ],
        &["check", "evidence"],
    ];
    let answers = || -> Vec<_> { commands.iter().map(|args| sandbox.run(args)).collect() };
    let published = || {
        let _ = sandbox.run(&["publish", "page.html", "--force"]).done();
        std::fs::read_to_string(sandbox.path("page.html")).unwrap()
    };
    let (before, page) = (answers(), published());
    sandbox
        .other_tool()
        .execute_batch(
            "DROP VIEW claim_weights;
             CREATE VIEW claim_weights AS SELECT id AS claim_id, 9 AS mentions, 0 AS denials, 9 AS outlets, 9 AS speakers,
               9 AS origins, 0 AS unnamed, 0 AS took_back, 'nine' AS origin_keys FROM claims;",
        )
        .unwrap();
    for ((args, before), after) in commands.iter().zip(&before).zip(answers()) {
        assert_eq!(after.out, before.out, "{args:?}");
        let told = after.err.matches("lacks: claim_weights. This program answers by its own text");
        assert_eq!(told.count(), 1, "{args:?}: {}", after.err);
    }
    assert!(page == published());
    assert!(sandbox.run(&["check", "guards"]).out.contains("the view claim_weights was changed"));
    let _ = sandbox.run(&["check", "--repair"]).done();
    assert_eq!(sandbox.run(&["report", "status"]).err, "");
}

/// What else the file says of its format is compared, too: the numbers in its header, those in its row, and the record
/// of each migration.
#[test]
fn a_format_that_was_changed_is_a_finding() {
    for (change, told) in [
        ("PRAGMA user_version = 7", "user_version is 7, and its tables have version"),
        ("PRAGMA application_id = 7", "application_id is 7, and should be 1869509219"),
        (
            "UPDATE refinery_schema_history SET checksum = '7' WHERE version = 5",
            "the record of the migration V5__claims was changed",
        ),
        (
            "DELETE FROM refinery_schema_history WHERE version = 5",
            "the record of the migration V5__claims is missing",
        ),
        ("UPDATE archive SET installed = 1", "its triggers and views are of an older program"),
        ("UPDATE archive SET installed = 999", "its triggers and views are of a newer program"),
        ("UPDATE archive SET version = 999", "its triggers and views are of a newer program"),
    ] {
        let sandbox = Sandbox::seeded();
        sandbox.other_tool().execute_batch(change).unwrap();
        let found = sandbox.run(&["check", "guards"]);
        assert_eq!(found.code, 1, "{change}: {}", found.err);
        assert!(found.out.contains(told), "{change}: {}", found.out);
    }
}

/// What the file says of the reports of the program, and of codes what is fixed, is that of every archive; a repair puts
/// it back.
#[test]
fn what_every_archive_says_is_compared_and_put_back() {
    for (change, told) in [
        (
            "DELETE FROM reports WHERE name = 'figures'",
            "what the table reports says of figures was changed",
        ),
        (
            "UPDATE reports SET question = 'x' WHERE name = 'figures'",
            "what the table reports says of figures was changed",
        ),
        (
            "UPDATE reports SET name = 'elsewhere' WHERE name = 'figures'",
            "the table reports describes elsewhere as a report of this program",
        ),
        (
            "UPDATE statuses SET assignable = 1 - assignable WHERE code = 'unverified'",
            "assignable of 'unverified' in statuses is",
        ),
    ] {
        let sandbox = Sandbox::seeded();
        let db = sandbox.other_tool();
        // Behind the back of the guards.
        let guards = "SELECT group_concat('DROP TRIGGER ' || name, '; '), group_concat(sql, '; ')
             FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('reports', 'statuses')";
        let (drop, make): (Option<String>, Option<String>) =
            db.query_row(guards, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        db.execute_batch(&drop.unwrap_or_default()).unwrap();
        assert_eq!(db.execute(change, []).unwrap(), 1, "{change}");
        db.execute_batch(&make.unwrap_or_default()).unwrap();
        let found = sandbox.run(&["check", "guards"]);
        assert_eq!(found.code, 1, "{change}: {}", found.err);
        assert!(found.out.contains(told), "{change}: {}", found.out);
        let _ = sandbox.run(&["check", "--repair"]).done();
        assert_eq!(sandbox.run(&["check", "guards"]).done(), "", "{change}");
        let reports = "SELECT count(*) FROM reports WHERE name IN ('figures', 'elsewhere')";
        assert_eq!(sandbox.ask(reports), "1", "{change}");
    }
}

#[test]
fn a_desk_that_is_no_source_is_a_finding() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    let refused = db.execute("UPDATE archive SET desk = 'nobody'", []);
    assert!(refused.unwrap_err().to_string().contains("no source has this key"));
    db.execute_batch("DROP TRIGGER archive_update_guard; UPDATE archive SET desk = 'nobody'")
        .unwrap();
    let found = sandbox.run(&["check", "references"]);
    assert_eq!(found.code, 1, "{}", found.err);
    assert!(found.out.contains("nobody") && found.out.contains("its desk"), "{}", found.out);
}

/// SQLite does not look at the rules of a file that it can only read: that is said, and not taken for a sound file.
#[test]
fn a_file_that_only_a_newer_sqlite_may_write_is_a_finding() {
    let sandbox = Sandbox::seeded();
    let path = sandbox.path("onrecord.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[18] = 3;
    std::fs::write(&path, bytes).unwrap();
    let found = sandbox.run(&["check", "pages"]);
    assert_eq!(found.code, 1, "{}", found.err);
    assert!(found.out.contains("only a newer SQLite may write it"), "{}", found.out);
    assert_eq!(found.out.lines().filter(|line| line.starts_with("pages")).count(), 1);
}

/// A check that cannot read a row has that as its finding, and keeps no other check from theirs.
#[test]
fn a_check_that_cannot_be_made_is_a_finding() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    db.execute_batch(
        "PRAGMA ignore_check_constraints = ON;
         UPDATE figures SET value = 'many' WHERE id = (SELECT min(id) FROM figures WHERE value IS NOT NULL AND said IS NOT NULL);
         CREATE VIEW check_broken AS SELECT x AS table_name FROM nowhere;",
    )
    .unwrap();
    let found = sandbox.run(&["check"]);
    assert_eq!(found.code, 1, "{}", found.err);
    let cannot = found.out.matches("this check cannot be made").count();
    assert!(cannot >= 2, "{}", found.out);
    assert!(found.out.contains("check_broken") && found.out.contains("pages"), "{}", found.out);
    assert_eq!(sandbox.run(&["check", "broken"]).code, 1);
}

/// Another view under the name of one of the program's reports answers for it in no way, whatever the file says of
/// whose it is; a repair keeps it until the user removes it.
#[test]
fn a_view_under_a_name_of_the_programs_is_named_whosever_it_is() {
    for owner in ["DELETE FROM reports", "UPDATE reports SET builtin = 0"] {
        let sandbox = Sandbox::seeded();
        sandbox
            .other_tool()
            .execute_batch(&format!(
                "{owner} WHERE name = 'status'; DROP VIEW report_status;
                 CREATE VIEW report_status AS SELECT 'confirmed' AS status, 45 AS claims, 0 AS stale, 1.0 AS share;"
            ))
            .unwrap();
        for repaired in [false, true] {
            let found = sandbox.run(&["check", "guards"]);
            assert_eq!(found.code, 1, "{owner} {repaired}");
            assert!(found.out.contains("`onrecord report remove status`"), "{}", found.out);
            let run = sandbox.run(&["report", "status", "--format", "csv"]);
            assert!(run.err.contains("by its own text"), "{}", run.err);
            assert!(!run.out.contains(",45,"), "{}", run.out);
            let _ = sandbox.run(&["check", "--repair"]);
        }
        let theirs = "SELECT claims FROM report_status";
        let kept: i64 = sandbox.other_tool().query_row(theirs, [], |row| row.get(0)).unwrap();
        assert_eq!(kept, 45);
        let _ = sandbox.run(&["report", "remove", "status"]).done();
        let _ = sandbox.run(&["check", "--repair"]);
        assert_eq!(sandbox.run(&["check", "guards"]).code, 0, "{owner}");
        assert_eq!(sandbox.run(&["report", "status"]).err, "");
    }
}

/// Checks that did not come with the program share a time, and as many findings of one are taken as a person looks at;
/// neither keeps another check from its findings.
#[test]
fn a_check_of_a_strangers_may_go_on_without_end() {
    let sandbox = Sandbox::seeded();
    let numbers = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
                   SELECT 'claims' AS table_name, x AS key, 'f' AS finding FROM n";
    sandbox
        .other_tool()
        .execute_batch(&format!(
            "CREATE VIEW check_a_many AS {numbers}; CREATE VIEW check_large AS {};
             CREATE VIEW check_none AS {numbers} WHERE x < 0; CREATE VIEW check_then AS {numbers} WHERE x < 0;
             CREATE VIEW \"check_odd \"\"name\" AS SELECT 'claims' AS table_name, 'k' AS key, 'odd' AS finding;
             DROP TRIGGER claims_insert_guard;",
            numbers.replace("'f'", "printf('%.*c', 9000000, 'x')"),
        ))
        .unwrap();
    // Polled each thousand steps: time enough for ten thousand rows, and not without end.
    let token = CancelToken::never().limiting_foreign(|| {
        let polls = AtomicUsize::new(0);
        CancelToken::new(move || {
            (polls.fetch_add(1, Ordering::Relaxed) > 3_000).then_some("time is over")
        })
    });
    let found = run_checks(&sandbox.path("onrecord.db"), None, false, token).unwrap().errors.rows;
    let of = |check: &str| -> Vec<String> {
        let rows = found.iter().filter(|row| row[0].as_text() == Some(check));
        rows.map(|row| row[3].as_text().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(of("a-many").len(), 10_001);
    assert!(of("a-many")[10_000].contains("more findings"), "{:?}", of("a-many")[10_000]);
    assert_eq!(of("large").len(), 2);
    for check in ["none", "then"] {
        assert_eq!(of(check), ["this check cannot be made: stopped: time is over"], "{check}");
    }
    assert_eq!(of("odd \"name"), ["odd"]);
    assert!(of("guards")[0].contains("claims_insert_guard"));
    // The caller's own wish to stop is no finding.
    let stopped = CancelToken::new(|| Some("Ctrl-C"));
    let stopped = run_checks(&sandbox.path("onrecord.db"), Some("none"), false, stopped);
    assert!(matches!(stopped, Err(Error::Stopped { .. })), "{stopped:?}");
}

/// The time of checks that did not come with the program runs while they do: a watch over it ends with it, and stops none
/// of the others, however long they take.
#[test]
fn the_time_of_strange_checks_is_over_before_and_after_them() {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch(
            "CREATE VIEW check_a AS SELECT 'claims' AS table_name, 'k' AS key, 'f' AS finding",
        )
        .unwrap();
    let time = Arc::new(());
    let (own, both) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (watched, own_polls, both_run) = (Arc::downgrade(&time), own.clone(), both.clone());
    let token = CancelToken::new(move || {
        own_polls.fetch_add(1, Ordering::Relaxed);
        both_run.fetch_add(usize::from(watched.strong_count() > 1), Ordering::Relaxed);
        None
    })
    .limiting_foreign(move || {
        let time = time.clone();
        CancelToken::new(move || {
            let _held = &time;
            None
        })
    });
    let found = run_checks(&sandbox.path("onrecord.db"), None, false, token).unwrap().errors.rows;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(own.load(Ordering::Relaxed) > 0);
    assert_eq!(both.load(Ordering::Relaxed), 0);
}

/// A view that doubles, each time on the one before, takes without end to be laid out: the check of the views stops, and
/// the check of texts looks at none.
#[test]
fn a_view_that_doubles_stops_no_other_check() {
    let sandbox = Sandbox::seeded();
    let mut views = String::from("CREATE VIEW d0 AS SELECT 1 AS x LIMIT 1;");
    for n in 1..40 {
        let before = n - 1;
        views +=
            &format!("CREATE VIEW d{n} AS SELECT a.x FROM d{before} AS a, d{before} AS b LIMIT 1;");
    }
    sandbox.other_tool().execute_batch(&views).unwrap();
    let path = sandbox.path("onrecord.db");
    let begun = Instant::now();
    let found = run_checks(&path, Some("text"), false, CancelToken::never()).unwrap().errors.rows;
    assert!(found.is_empty(), "{found:?}");
    // It takes some hundredths of a second, and to lay the views out more than ten.
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    let token = CancelToken::never().limiting_foreign(|| CancelToken::new(|| Some("time is over")));
    let found = run_checks(&path, Some("reports"), false, token).unwrap().errors.rows;
    assert_eq!(found.len(), 1, "{found:?}");
    let said = found[0][3].as_text().unwrap();
    assert_eq!(said, "this check cannot be made: stopped: time is over");
}
