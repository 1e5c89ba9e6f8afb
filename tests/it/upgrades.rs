//! Interrupted upgrades: whenever the program is killed or the disk is full, the archive is the old
//! one or the new one, and a later write brings it up to date.
//!
//! `ONRECORD_KILLS=300 cargo test upgrades -- --nocapture` kills it three hundred times and prints
//! how many old and new archives were left.

use crate::common::{Sandbox, run};
use onrecord::shipped::{INSTALLED, LATEST, MIGRATIONS};
use rusqlite::Connection;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// The numbers of an archive, and how many objects it has.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    version: i64,
    installed: i64,
    user_version: i64,
    history: i64,
    /// Tables, triggers, views, reports that are described, columns that are.
    counts: [i64; 5],
}

fn state(path: &Path) -> State {
    // Rolls an unfinished write back, as every tool does.
    let conn = Connection::open(path).unwrap();
    let ask = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let sound: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let objects =
        |kind: &str| ask(&format!("SELECT count(1) FROM sqlite_schema WHERE type = '{kind}'"));
    let rows = |table: &str| {
        let is = format!("SELECT count(1) FROM sqlite_schema WHERE name = '{table}'");
        if ask(&is) == 0 { -1 } else { ask(&format!("SELECT count(1) FROM {table}")) }
    };
    State {
        version: ask("SELECT version FROM archive"),
        installed: ask("SELECT installed FROM archive"),
        user_version: ask("PRAGMA user_version"),
        history: ask("SELECT max(version) FROM refinery_schema_history"),
        counts: [
            objects("table"),
            objects("trigger"),
            objects("view"),
            rows("reports"),
            rows("columns"),
        ],
    }
}

/// Turns a seeded archive into one that an older program of this format could have left: with the tables of its
/// migrations, some of the triggers and none of the views, and with a view of the user's own.
fn make_older(sandbox: &Sandbox, format: i64) {
    let (path, newer) = (sandbox.path("onrecord.db"), sandbox.path("newer.db"));
    let conn = sandbox.other_tool();
    let names = |conn: &Connection, condition: &str, column: &str| -> Vec<String> {
        let sql = format!("SELECT {column} FROM sqlite_schema WHERE {condition} ORDER BY name");
        let mut statement = conn.prepare(&sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let triggers = "type = 'trigger' AND name LIKE 'claims\\_%' ESCAPE '\\'";
    let kept = names(&conn, triggers, "sql");
    assert!(!kept.is_empty());
    let history = names(&conn, "name = 'refinery_schema_history'", "sql").remove(0);
    let pragma = |name: &str| -> i64 {
        conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
    };
    let (application, page) = (pragma("application_id"), pragma("page_size"));
    drop(conn);
    std::fs::rename(&path, &newer).unwrap();
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(&format!("PRAGMA page_size = {page}; {history};")).unwrap();
    for (_, sql) in &MIGRATIONS[..usize::try_from(format).unwrap()] {
        conn.execute_batch(sql).unwrap();
    }
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn.execute("ATTACH ?1 AS newer", [newer.to_str().unwrap()]).unwrap();
    for table in names(&conn, "type = 'table' AND name NOT LIKE 'sqlite%'", "name") {
        if table.contains("_fts") {
            continue;
        }
        // The migrations fill the code lists.
        let filled =
            conn.query_row(&format!("SELECT EXISTS (SELECT 1 FROM {table})"), [], |row| row.get(0));
        if filled.unwrap() {
            continue;
        }
        let sql = format!("SELECT group_concat(name, ', ') FROM pragma_table_info('{table}')");
        let columns: String = conn.query_row(&sql, [], |row| row.get(0)).unwrap();
        let copy = format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM newer.{table}");
        conn.execute_batch(&copy).unwrap();
    }
    // The index of folded words has no text to be built from; the program builds it anew with its own.
    let indexes = "name LIKE '%\\_fts' ESCAPE '\\' AND name <> 'words_fts'";
    for table in names(&conn, indexes, "name") {
        conn.execute_batch(&format!("INSERT INTO {table} ({table}) VALUES ('rebuild')")).unwrap();
    }
    for sql in kept {
        conn.execute_batch(&sql).unwrap();
    }
    conn.execute_batch(&format!(
        "INSERT OR REPLACE INTO sqlite_sequence SELECT * FROM newer.sqlite_sequence;
         DELETE FROM refinery_schema_history WHERE version > {format};
         UPDATE archive SET version = {format}, installed = 0;
         PRAGMA application_id = {application};
         PRAGMA user_version = {format};
         CREATE VIEW mine AS SELECT 1 AS a;
         DETACH newer;"
    ))
    .unwrap();
}

/// The archive before and after an upgrade, and how long the program takes from one to the other.
fn upgraded(sandbox: &Sandbox, format: i64) -> (State, State, Duration) {
    sandbox.write("empty.toml", "onrecord = 1\n");
    let mut wanted = state(&sandbox.path("onrecord.db"));
    make_older(sandbox, format);
    std::fs::copy(sandbox.path("onrecord.db"), sandbox.path("older.db")).unwrap();
    let old = state(&sandbox.path("older.db"));
    let begun = Instant::now();
    let _ = sandbox.run(&["import", "empty.toml"]).done();
    let time = begun.elapsed();
    let new = state(&sandbox.path("onrecord.db"));
    assert_eq!((new.version, new.installed), (LATEST, INSTALLED));
    wanted.counts[2] += 1;
    assert_eq!(new, wanted, "all is there again, and the user's own view");
    assert_ne!(new, old);
    assert_eq!(sandbox.run(&["check"]).code, 0);
    (old, new, time)
}

#[test]
fn a_killed_upgrade_leaves_the_old_archive_or_the_new_one() {
    let kills = std::env::var("ONRECORD_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(16_u32);
    let sandbox = Sandbox::seeded();
    let (old, new, time) = upgraded(&sandbox, LATEST - 1);
    let (mut olds, mut news, mut others) = (0, 0, Vec::new());
    for round in 0..kills {
        std::fs::copy(sandbox.path("older.db"), sandbox.path("onrecord.db")).unwrap();
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
        command.args(["import", "empty.toml"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(time * round / kills);
        let _ = child.kill();
        let _ = child.wait().unwrap();
        let left = state(&sandbox.path("onrecord.db"));
        match () {
            () if left == old => olds += 1,
            () if left == new => news += 1,
            () => others.push((round, left)),
        }
        // The next write completes the upgrade.
        let _ = sandbox.run(&["import", "empty.toml"]).done();
        assert_eq!(state(&sandbox.path("onrecord.db")), new, "round {round}");
    }
    eprintln!(
        "{kills} kills within {time:?}: {olds} left the old archive, {news} the new one, {} another",
        others.len()
    );
    assert!(others.is_empty(), "neither the old archive nor the new one: {others:?}");
    assert!(olds > 0, "every kill came too late");
}

/// A full disk, simulated by limits on the size of files.
#[test]
fn a_full_disk_leaves_the_old_archive() {
    let sandbox = Sandbox::seeded();
    let (old, new, _) = upgraded(&sandbox, LATEST - 1);
    let blocks = |name: &str| std::fs::metadata(sandbox.path(name)).unwrap().len() / 512;
    let most = blocks("older.db").max(blocks("onrecord.db")) + 64;
    let (mut olds, mut news) = (0, 0);
    for step in 0..=24 {
        let limit = 8 + most * step / 24;
        std::fs::copy(sandbox.path("older.db"), sandbox.path("onrecord.db")).unwrap();
        let script = format!("trap '' XFSZ; ulimit -f {limit}; onrecord import empty.toml");
        let said = run(sandbox.command("sh").args(["-c", &script]));
        let left = state(&sandbox.path("onrecord.db"));
        if said.code == 0 {
            assert_eq!(left, new, "{limit} blocks: {}", said.err);
            news += 1;
        } else {
            assert_eq!((said.code, &left), (3, &old), "{limit} blocks: {}", said.err);
            olds += 1;
        }
    }
    assert!(olds > 5 && news > 0, "{olds} {news}");
}

/// The format of the first archives that are still read.
const FIRST: i64 = 10;

#[test]
fn an_archive_of_any_earlier_format_keeps_all_that_it_says() {
    for format in FIRST..LATEST {
        let sandbox = Sandbox::seeded();
        let document = sandbox.run(&["export", "toml"]).done();
        let reports = |name: &str| sandbox.run(&["report", name, "--format", "csv"]).done();
        let rows = ["claims", "figures", "corroboration", "history"].map(reports);
        let search = || sandbox.run(&["search", "people"]).done();
        let found = search();
        let (old, ..) = upgraded(&sandbox, format);
        assert_eq!(old.version, format);
        assert_eq!(search(), found, "format {format}");
        let info = sandbox.run(&["info", "--file", "older.db"]).done();
        assert!(info.contains("assessments") && info.contains(&format!("{format}")), "{info}");
        for deed in [&["search", "people"][..], &["similar", "people"], &["check"]] {
            let said = sandbox.run(&[deed, &["--file", "older.db"]].concat());
            assert!(said.err.contains("has the tables of an older program"), "{}", said.err);
        }
        assert!(sandbox.run(&["export", "toml"]).done() == document, "format {format}");
        assert!(
            ["claims", "figures", "corroboration", "history"].map(reports) == rows,
            "format {format}"
        );
    }
}
