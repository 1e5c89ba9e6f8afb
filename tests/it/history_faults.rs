//! Kills and full disks while something is undone, redone, renamed, merged or deleted: the file is as it was
//! before, or as it is after, and never between. The same for a refresh of what is kept of claims.
//!
//! `ONRECORD_KILLS=300 cargo test history_faults:: -- --nocapture` kills each deed three hundred times.

use crate::common::{Sandbox, run};
use crate::{kept_figures, weights};
use rusqlite::types::ValueRef;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// The deeds, each on the archive that the one before left.
const DEEDS: [&[&str]; 6] = [
    // The import of all claims, and the import once more.
    &["undo"],
    &["undo"],
    &["rename", "source:log", "the-log"],
    &["merge-sources", "the-log", "other"],
    &["merge-claims", "claim-1", "claim-2"],
    &["delete", "claim-3", "--because", "Entered twice."],
];

/// An archive of `number` claims that two sources state.
fn archive(number: usize) -> Sandbox {
    let sandbox = Sandbox::empty();
    let add = |title| ["add", "source", "--kind", "report", "--title", title];
    let _ = sandbox.run(&add("Log")).done();
    let _ = sandbox.run(&add("Other")).done();
    let row = |n| format!("claim {n},event,Log,c. {n}\n");
    let rows: String = (0..number).map(row).collect();
    sandbox.write("t.csv", format!("text,kind,source,locator\n{rows}"));
    let _ = sandbox.run(&["import", "t.csv"]).done();
    sandbox
}

/// All rows of all tables, but for the clock of SQLite in revisions.
fn state(path: &Path) -> String {
    let conn = rusqlite::Connection::open(path).unwrap();
    let names = |sql: &str| -> Vec<String> {
        let mut statement = conn.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'
         AND name NOT GLOB '*_fts*' AND name NOT GLOB 'sqlite_stat*' ORDER BY name";
    let mut all =
        names("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").join("\n");
    for table in names(tables) {
        all += &table;
        let mut statement = conn.prepare(&format!("SELECT * FROM {table} ORDER BY rowid")).unwrap();
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (n, column) in columns.iter().enumerate() {
                if table == "revisions" && column == "at" {
                    continue;
                }
                match row.get_ref(n).unwrap() {
                    ValueRef::Blob(bytes) => all += &format!("|{}", bytes.len()),
                    value => all += &format!("|{value:?}"),
                }
            }
        }
    }
    let whole: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    all
}

/// Does each deed to the end once, and passes the archive before it, the states before and after, and the time
/// that it took to `try_faults`.
fn each_deed(sandbox: &Sandbox, mut try_faults: impl FnMut(&[&str], &[u8], &str, &str, Duration)) {
    let path = sandbox.path("onrecord.db");
    for deed in DEEDS {
        let bytes = std::fs::read(&path).unwrap();
        let before = state(&path);
        let began = Instant::now();
        let _ = sandbox.run(deed).done();
        let time = began.elapsed();
        let (after, done) = (state(&path), std::fs::read(&path).unwrap());
        assert!(before != after, "{deed:?}");
        try_faults(deed, &bytes, &before, &after, time);
        let _ = std::fs::remove_file(sandbox.path("onrecord.db-journal"));
        std::fs::write(&path, done).unwrap();
    }
}

/// The number of kills of each deed.
fn kills() -> u32 {
    std::env::var("ONRECORD_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4)
}

#[test]
fn a_killed_deed_was_done_or_not_begun() {
    let kills = kills();
    let sandbox = archive(1500);
    let path = sandbox.path("onrecord.db");
    let (mut olds, mut news) = (0, 0);
    each_deed(&sandbox, |deed, bytes, before, after, time| {
        for kill in 0..kills {
            std::fs::write(&path, bytes).unwrap();
            let mut child = sandbox.command("onrecord").args(deed).spawn().unwrap();
            std::thread::sleep(time * (kill + 1) / (kills + 1));
            child.kill().unwrap();
            child.wait().unwrap();
            let left = state(&path);
            match left == before {
                true => olds += 1,
                false => news += 1,
            }
            assert!(
                left == before || left == after,
                "{deed:?}, killed after {kill}/{kills} of {time:?}"
            );
        }
    });
    eprintln!("{olds} kills left the archive of before, {news} that of after");
    assert!(olds > 0, "every kill came too late");
}

/// The weights of claims are right at any moment of a refresh, and the next refresh ends it.
#[test]
fn a_killed_refresh_leaves_every_view_right() {
    let kills = kills();
    let sandbox = archive(1500);
    let path = sandbox.path("onrecord.db");
    let outdated = || -> i64 {
        let db = sandbox.other_tool();
        let wrong = (weights::different_views(&db), kept_figures::different(&db));
        assert_eq!(wrong, ([0, 0], 0));
        db.query_row("SELECT count(*) FROM outdated_weights", [], |row| row.get(0)).unwrap()
    };
    let edit = "UPDATE mentions SET stance = 'denies' WHERE id % 2;
         UPDATE sources SET kind = 'unnamed' WHERE key = 'log'";
    sandbox.other_tool().execute_batch(edit).unwrap();
    assert_eq!(outdated(), 1500);
    let bytes = std::fs::read(&path).unwrap();
    let before = state(&path);
    let began = Instant::now();
    let _ = sandbox.run(&["refresh"]).done();
    let time = began.elapsed();
    let after = state(&path);
    let (mut olds, mut news) = (0, 0);
    for kill in 0..kills {
        std::fs::write(&path, &bytes).unwrap();
        let mut child =
            sandbox.command("onrecord").arg("refresh").stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(time * (kill + 1) / kills);
        child.kill().unwrap();
        child.wait().unwrap();
        let left = state(&path);
        match left == before {
            true => olds += 1,
            false => news += 1,
        }
        assert!(left == before || left == after, "killed after {kill}/{kills} of {time:?}");
        assert_eq!(outdated(), if left == before { 1500 } else { 0 });
        let _ = sandbox.run(&["refresh"]).done();
        assert_eq!(outdated(), 0);
        let _ = sandbox.run(&["check", "weights", "--full"]).done();
    }
    eprintln!("{olds} kills left the notes of before, {news} what the refresh weighed");
    assert!(olds > 0, "every kill came too late");
}

/// A full disk, simulated by limits on the size of files.
#[test]
fn a_deed_on_a_full_disk_changes_nothing() {
    let sandbox = archive(400);
    let path = sandbox.path("onrecord.db");
    let mut failed = 0;
    each_deed(&sandbox, |deed, bytes, before, after, _| {
        let blocks = bytes.len() as u64 / 512;
        for step in 0..6 {
            let limit = 2 + (blocks + 32) * step / 5;
            std::fs::write(&path, bytes).unwrap();
            let script = format!("trap '' XFSZ; ulimit -f {limit}; exec onrecord \"$@\"");
            let said = run(sandbox.command("sh").args(["-c", &script, "sh"]).args(deed));
            let left = state(&path);
            if said.code == 0 {
                assert!(left == after, "{deed:?} in {limit} blocks");
                continue;
            }
            failed += 1;
            assert!(left == before, "{deed:?} in {limit} blocks: {}", said.err);
            assert!(said.err.contains("error: "), "{}", said.err);
        }
    });
    assert!(failed > 6, "{failed}");
}
