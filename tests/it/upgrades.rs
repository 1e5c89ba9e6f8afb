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

/// Turns a seeded archive into one that an older program could have left: without the newest
/// migration, with some of the triggers and none of the views, and with a view of the user's own.
fn make_older(sandbox: &Sandbox) {
    let conn = sandbox.other_tool();
    let names = |kind: &str| -> Vec<String> {
        let sql = format!("SELECT name FROM sqlite_schema WHERE type = '{kind}' ORDER BY name");
        let mut statement = conn.prepare(&sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    conn.execute_batch("BEGIN").unwrap();
    let kept: Vec<String> = {
        let sql = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'claims\\_%' ESCAPE '\\'";
        let mut statement = conn.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    assert!(!kept.is_empty());
    for name in names("trigger") {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    for name in names("view") {
        conn.execute_batch(&format!("DROP VIEW {name}")).unwrap();
    }
    let newest = MIGRATIONS.last().unwrap().1;
    let undo = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["CREATE", "TABLE", table, ..] => Some(format!("DROP TABLE {table}")),
            ["CREATE", "INDEX", index, ..] => Some(format!("DROP INDEX {index}")),
            ["DROP", "INDEX", index] => {
                let start = format!("CREATE INDEX {} ", index.trim_end_matches(';'));
                let from = MIGRATIONS.iter().find_map(|(_, sql)| sql.split_once(&start)).unwrap();
                Some(format!("{start}{}", from.1.split_once(';').unwrap().0))
            }
            ["ALTER", "TABLE", table, "ADD", "COLUMN", column, ..] => {
                Some(format!("ALTER TABLE {table} DROP COLUMN {column}"))
            }
            _ => None,
        }
    };
    // The last first: an index stands on a column.
    let undone: Vec<String> = newest.lines().rev().filter_map(undo).collect();
    assert!(!undone.is_empty(), "the newest migration leaves nothing behind");
    for sql in undone.into_iter().chain(kept) {
        conn.execute_batch(&sql).unwrap();
    }
    conn.execute_batch(&format!(
        "DELETE FROM refinery_schema_history WHERE version = {LATEST};
         UPDATE archive SET version = {0}, installed = 0;
         PRAGMA user_version = {0};
         CREATE VIEW mine AS SELECT 1 AS a;
         COMMIT;",
        LATEST - 1
    ))
    .unwrap();
}

/// The archive before and after an upgrade, and how long the program takes from one to the other.
fn upgraded(sandbox: &Sandbox) -> (State, State, Duration) {
    sandbox.write("empty.toml", "onrecord = 1\n");
    let mut wanted = state(&sandbox.path("onrecord.db"));
    make_older(sandbox);
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
    let (old, new, time) = upgraded(&sandbox);
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
    let (old, new, _) = upgraded(&sandbox);
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
