//! The folder of Parquet files: what an import restores of it, what is refused, that no half of it is taken for whole,
//! that engines give the rows of every report, and that folders of changes add up to the whole.
//!
//! `ONRECORD_CASES=200 cargo test --test it lake::random` makes two hundred other archives.

use crate::common::{
    Run, Sandbox, context, has, is_there, root, run, run_random_cases, without_privileges,
    write_empty_archive,
};
use crate::history_runs::{Deed, act, deed};
use crate::tools::{document, statement};
use onrecord::model::CancelToken;
use onrecord::ops::Context;
use onrecord::ops::export::{ExportFormat, Options as Form, Target, export};
use onrecord::ops::import::{Input, Options, import};
use proptest::prelude::*;
use rusqlite::Connection;
use std::cell::Cell;
use std::path::{Path, PathBuf};

/// Every row of an archive.
fn rows(sandbox: &Sandbox, archive: &str) -> String {
    sandbox.run(&["-f", archive, "export", "ndjson"]).done()
}

/// Exports an archive, imports the folder into a new one and compares the two.
#[track_caller]
fn comes_back(sandbox: &Sandbox) {
    let _ = sandbox.run(&["export", "parquet", "lake"]).done();
    let _ = sandbox.run(&["-f", "again.db", "init"]).done();
    let _ = sandbox.run(&["-f", "again.db", "import", "lake"]).done();
    let (before, after) = (rows(sandbox, "onrecord.db"), rows(sandbox, "again.db"));
    let different = before.lines().zip(after.lines()).find(|(one, other)| one != other);
    assert_eq!(different, None);
    assert_eq!(before.len(), after.len());
}

/// The files below a folder, by their path in it, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found.into_iter().map(|path| path.strip_prefix(folder).unwrap().to_owned()).collect()
}

#[test]
fn both_seeds_come_back() {
    comes_back(&Sandbox::with_both_seeds());
}

#[test]
fn history_copies_reports_and_large_numbers_come_back() {
    let sandbox = Sandbox::seeded();
    // More than two blocks, which zlib does not make smaller.
    let mut state = 7_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(2_500_000)
    .collect();
    sandbox.write("copy.bin", noise);
    sandbox.write("empty.bin", "");
    let _ = sandbox.run(&["attach", "reuters", "copy.bin"]).done();
    let _ = sandbox.run(&["attach", "reuters", "empty.bin"]).done();
    let assess = ["assess", "muqur-fell", "disputed", "--because", "a \"quoted\" reason\n"];
    let _ = sandbox.run(&assess).done();
    let _ = sandbox.run(&["undo"]).done();
    let _ = sandbox.run(&["rename", "muqur-fell", "muqur-lost"]).done();
    sandbox.write("mine.sql", "SELECT key AS claim FROM claims ORDER BY key");
    let _ = sandbox.run(&["report", "add", "mine", "mine.sql"]).done();
    let db = sandbox.other_tool();
    let figures = "UPDATE figures SET value = 9007199254740993, low = NULL, high = NULL
         WHERE id = (SELECT min(id) FROM figures WHERE value IS NOT NULL AND out_of_id IS NULL)";
    assert_eq!(db.execute(figures, []).unwrap(), 1);
    let third = "UPDATE figures SET value = 0.1 + 0.2, low = NULL, high = NULL
         WHERE id = (SELECT max(id) FROM figures WHERE value IS NOT NULL AND out_of_id IS NULL)";
    assert_eq!(db.execute(third, []).unwrap(), 1);
    drop(db);
    assert!(rows(&sandbox, "onrecord.db").contains("9007199254740993"));
    comes_back(&sandbox);
    let mine = sandbox.run(&["-f", "again.db", "report", "mine", "--limit", "1"]).done();
    assert!(mine.starts_with("claim"), "{mine}");
}

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let sandbox = Sandbox::with_both_seeds();
    for folder in ["one", "two"] {
        let _ = sandbox.run(&["export", "parquet", folder]).done();
    }
    let (one, two) = (sandbox.path("one"), sandbox.path("two"));
    let names = files(&one);
    assert_eq!(names, files(&two));
    assert!(names.iter().filter(|name| name.starts_with("claims")).count() > 1, "{names:?}");
    for name in names {
        let read = |folder: &Path| std::fs::read(folder.join(&name)).unwrap();
        assert!(read(&one) == read(&two), "{}", name.display());
    }
}

#[test]
fn a_folder_that_is_not_whole_is_refused() {
    let sandbox = Sandbox::seeded();
    let _ = sandbox.run(&["export", "parquet", "lake"]).done();
    let _ = sandbox.run(&["-f", "again.db", "init"]).done();
    let refused = |why: &str| {
        let said = sandbox.run(&["-f", "again.db", "import", "lake"]).failed();
        assert!(said.contains(why), "{said}");
        let claims = sandbox.run(&["-f", "again.db", "sql", "SELECT key FROM claims"]).done();
        assert_eq!(claims, "no rows\n");
    };
    let path = sandbox.path("lake/sources/part-0.parquet");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    refused("sources/part-0.parquet has");
    let mut other = whole.clone();
    other[10] ^= 1;
    std::fs::write(&path, &other).unwrap();
    refused("sources/part-0.parquet has another content");
    std::fs::remove_file(&path).unwrap();
    refused("sources/part-0.parquet cannot be opened");
    std::fs::write(&path, &whole).unwrap();
    let manifest = sandbox.path("lake/manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, &text[..text.len() / 2]).unwrap();
    refused("manifest.json cannot be read");
    let newer = text.replacen("\"onrecord_parquet\": 1", "\"onrecord_parquet\": 2", 1);
    assert_ne!(newer, text);
    std::fs::write(&manifest, newer).unwrap();
    refused("a newer onrecord wrote it");
    let outside = text.replacen("sources/part-0.parquet", "../lake/sources/part-0.parquet", 1);
    std::fs::write(&manifest, outside).unwrap();
    refused("is outside of it");
    std::fs::remove_file(&manifest).unwrap();
    refused("it is a folder without manifest.json");
    std::fs::write(&manifest, text).unwrap();
    let _ = sandbox.run(&["-f", "again.db", "import", "lake"]).done();
}

#[test]
fn options_of_other_formats_and_a_value_of_another_type_are_refused() {
    let sandbox = Sandbox::seeded();
    let said = sandbox.run(&["export", "parquet"]).failed();
    assert!(said.contains("cannot write parquet to standard output: it is a folder"), "{said}");
    let said = sandbox.run(&["export", "parquet", "lake", "--where", "status=reported"]).failed();
    assert!(said.contains("--where does not apply to parquet"), "{said}");
    let db = sandbox.other_tool();
    db.execute_batch(
        "PRAGMA ignore_check_constraints = ON; UPDATE archive SET last_claim = 'seven'",
    )
    .unwrap();
    drop(db);
    let said = sandbox.run(&["export", "parquet", "lake"]).failed();
    assert!(said.contains("cannot write the row 1 of archive: its column last_claim"), "{said}");
    assert!(!sandbox.path("lake").exists());
    assert_eq!(files(&sandbox.path("")), [PathBuf::from("onrecord.db")]);
}

/// Compares every report in an engine with SQLite, for each archive with its lake.
fn compare(sandbox: &Sandbox, engine: &str, pairs: &[(PathBuf, PathBuf)]) -> Run {
    let script = root().join("tests/lake/engines.py");
    let paths = pairs.iter().flat_map(|(archive, lake)| [archive, lake]);
    run(sandbox.command("python3").arg(script).args(engine.split(' ')).args(paths))
}

/// Archives whose reports have rows: both seeds, and one with figures of every growth.
fn archives(sandbox: &Sandbox) -> Vec<(PathBuf, PathBuf)> {
    let other = sandbox.path("figures.db");
    write_empty_archive(&other);
    let text = std::fs::read(root().join("tests/documents/reports.toml")).unwrap();
    let input = vec![Input::bytes_of("reports.toml", text)];
    import(Options::new(&other, input), &context()).unwrap();
    let both = sandbox.path("onrecord.db");
    let pairs = [(both, "lake"), (other, "figures")];
    let pair = |(archive, lake): (PathBuf, &str)| {
        let lake = sandbox.path(lake);
        write_lake(&archive, None, &lake);
        (archive, lake)
    };
    pairs.into_iter().map(pair).collect()
}

fn write_lake(archive: &Path, since: Option<i64>, folder: &Path) {
    let form = Form { since, ..Form::whole(ExportFormat::Parquet) };
    export(archive, &form, Target::Path(folder), CancelToken::never()).unwrap();
}

#[test]
fn duckdb_gives_the_rows_of_every_report_and_a_wrong_one_is_seen() {
    let sandbox = Sandbox::with_both_seeds();
    if !has(&sandbox, "python3", &["-c", "import duckdb"]) {
        return;
    }
    let pairs = archives(&sandbox);
    let compared: u64 = compare(&sandbox, "duckdb", &pairs).done().trim().parse().unwrap();
    assert!(compared > 1000, "{compared}");
    // One condition of one report the other way round.
    let report = sandbox.path("lake/reports/duckdb/gaps.sql");
    let text = std::fs::read_to_string(&report).unwrap();
    let wrong = text.replacen("c.due IS NULL", "c.due IS NOT NULL", 1);
    assert_ne!(text, wrong);
    std::fs::write(&report, wrong).unwrap();
    let seen = compare(&sandbox, "duckdb", &pairs);
    assert!(seen.code == 1 && seen.out.contains("lake gaps: "), "{}{}", seen.out, seen.err);
    // And one number of what the lake keeps.
    std::fs::write(&report, text).unwrap();
    let db = sandbox.other_tool();
    let changed = "INSERT INTO mentions (claim_id, source_id)
         SELECT min(c.id), max(s.id) FROM claims AS c, sources AS s WHERE s.kind = 'report'";
    assert_eq!(db.execute(changed, []).unwrap(), 1);
    drop(db);
    let seen = compare(&sandbox, "duckdb", &pairs);
    assert!(seen.code == 1 && seen.out.contains("lake corroboration: "), "{}", seen.out);
}

#[test]
fn spark_gives_the_rows_of_every_report() {
    let sandbox = Sandbox::with_both_seeds();
    if !is_there(&sandbox, "java", &["-version"]) {
        return eprintln!("left out: Java is not there");
    }
    if !has(&sandbox, "python3", &["-c", "import pyspark"]) {
        return;
    }
    let compared = compare(&sandbox, "spark", &archives(&sandbox)).done();
    let compared: u64 = compared.trim().lines().last().unwrap().parse().unwrap();
    assert!(compared > 1000, "{compared}");
}

#[test]
fn clickhouse_gives_the_rows_of_every_report() {
    let sandbox = Sandbox::with_both_seeds();
    if !has(&sandbox, "python3", &["-c", "import chdb"]) {
        return;
    }
    // Its engine is one for each process.
    for pair in archives(&sandbox) {
        let compared: u64 = compare(&sandbox, "clickhouse", &[pair]).done().trim().parse().unwrap();
        assert!(compared > 20, "{compared}");
    }
}

/// A change of a random archive.
#[derive(Clone, Debug)]
pub enum Step {
    Deed(Deed),
    Sql(String),
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![2 => deed().prop_map(Step::Deed), 3 => statement().prop_map(Step::Sql)]
}

pub fn take(archive: &Path, minute: usize, steps: &[Step]) {
    for (n, step) in steps.iter().enumerate() {
        match step {
            Step::Deed(deed) => {
                let now = format!("2021-07-02T12:{minute:02}:{:02}Z", n % 60);
                let _ = act(archive, &Context { now, ..context() }, deed);
            }
            Step::Sql(sql) => {
                let db = Connection::open(archive).unwrap();
                let _ = db.execute_batch(&format!("BEGIN; {sql}; COMMIT"));
            }
        }
    }
}

/// The number of the last operation of a lake.
fn operation_of(lake: &Path) -> i64 {
    let text = std::fs::read(lake.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&text).unwrap();
    manifest["operation"].as_i64().unwrap()
}

#[test]
fn random_archives_come_back_and_engines_and_changes_agree() {
    let test = "lake::random_archives_come_back_and_engines_and_changes_agree";
    run_random_cases(test, 12, |config| {
        // With nothing but statements of other tools that change no key, what changed can be told row by row.
        let plain =
            || statement().prop_filter("it changes a key", |sql| !sql.contains("SET \"key\""));
        let statements = || proptest::collection::vec(plain().prop_map(Step::Sql), 4..30);
        let steps = || prop_oneof![proptest::collection::vec(step(), 4..30), statements()];
        let kept = Cell::new(0_u64);
        let cases = Cell::new(0);
        proptest!(config, |(steps in [steps(), steps(), steps()])| {
            let sandbox = Sandbox::new();
            let archive = sandbox.path("onrecord.db");
            write_empty_archive(&archive);
            let input = vec![Input::bytes_of("start.toml", document())];
            import(Options::new(&archive, input), &context()).unwrap();
            let mut lakes: Vec<PathBuf> = Vec::new();
            for (n, steps) in steps.iter().enumerate() {
                take(&archive, n, steps);
                let lake = sandbox.path(&format!("lake-{n}"));
                write_lake(&archive, lakes.last().map(|last| operation_of(last)), &lake);
                lakes.push(lake);
            }
            let whole = sandbox.path("lake");
            write_lake(&archive, None, &whole);
            let again = sandbox.path("again.db");
            write_empty_archive(&again);
            let input = Input {
                name: "lake".to_owned(),
                content: onrecord::ops::import::Content::File(whole.clone()),
            };
            let taken = import(Options::new(&again, vec![input]), &context());
            let rows = |archive: &Path| {
                let mut out = Vec::new();
                let form = Form::whole(ExportFormat::Ndjson);
                export(archive, &form, Target::Stream(&mut out), CancelToken::never()).unwrap();
                String::from_utf8(out).unwrap()
            };
            let before = rows(&archive);
            // What no import takes, such as a former key that another tool gave anew, none takes from a lake.
            let lines = sandbox.path("lines.db");
            write_empty_archive(&lines);
            let input = vec![Input::bytes_of("all.ndjson", before.clone())];
            let by_lines = import(Options::new(&lines, input), &context());
            assert_eq!(taken.is_ok(), by_lines.is_ok(), "{taken:?} {by_lines:?}");
            if taken.is_ok() {
                let after = rows(&again);
                let different = before.lines().zip(after.lines()).find(|(one, other)| one != other);
                assert_eq!(different, None);
                assert_eq!(before.len(), after.len());
            }
            if !has(&sandbox, "python3", &["-c", "import duckdb"]) {
                return Ok(());
            }
            lakes.push(whole.clone());
            let script = root().join("tests/lake/changes.py");
            let told = run(sandbox.command("python3").arg(script).args(&lakes)).done();
            kept.set(kept.get() + told.trim().parse::<u64>().unwrap());
            // A report may leave rows in any order that nothing tells apart.
            let _ = compare(&sandbox, "--any-order duckdb", &[(archive, whole)]).done();
            cases.set(cases.get() + 1);
        });
        assert!(cases.get() == 0 || kept.get() > 0, "every folder of changes held every row");
    });
}

#[test]
fn changes_leave_out_what_stayed_and_name_their_operation() {
    let sandbox = Sandbox::with_both_seeds();
    let _ = sandbox.run(&["export", "parquet", "one"]).done();
    let last = operation_of(&sandbox.path("one")).to_string();
    let _ = sandbox.run(&["assess", "muqur-fell", "disputed", "--because", "Seen"]).done();
    let _ = sandbox.run(&["export", "parquet", "two", "--since", &last]).done();
    let text = std::fs::read(sandbox.path("two/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(manifest["since"].to_string(), last);
    let rows = |name: &str| {
        let tables = manifest["tables"].as_array().unwrap();
        let table = tables.iter().find(|table| table["name"] == name).unwrap();
        (table["holds"].as_str().unwrap().to_owned(), table["rows"].as_u64().unwrap())
    };
    assert_eq!(rows("claims"), ("changed".to_owned(), 1));
    assert_eq!(rows("assessments"), ("changed".to_owned(), 1));
    assert_eq!(rows("mentions"), ("changed".to_owned(), 0));
    assert_eq!(rows("live_rows").0, "whole");
    let said = sandbox.run(&["export", "parquet", "three", "--since", "99"]).failed();
    assert!(said.contains("no operation \"99\""), "{said}");
    let said = sandbox.run(&["export", "toml", "--since", "1"]).failed();
    assert!(said.contains("--since does not apply to toml"), "{said}");
    let _ = sandbox.run(&["-f", "again.db", "init"]).done();
    let said = sandbox.run(&["-f", "again.db", "import", "two"]).failed();
    assert!(said.contains("it holds only what changed since operation"), "{said}");
}

/// The names in the folder of a sandbox.
fn names(sandbox: &Sandbox) -> Vec<String> {
    let entries = std::fs::read_dir(sandbox.path("")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_takes_no_more_leaves_nothing_behind() {
    let sandbox = Sandbox::with_both_seeds();
    // A file may have this many blocks of 512 bytes; the largest of the lake has more.
    for blocks in [1, 8, 16] {
        let command =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec onrecord export parquet lake");
        let said = run(sandbox.command("sh").args(["-c", &command])).failed();
        assert!(said.contains("cannot write") && said.contains("lake: file too large"), "{said}");
        assert_eq!(names(&sandbox), ["onrecord.db"], "{blocks}");
    }
    let _ = sandbox.run(&["export", "parquet", "lake"]).done();
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written_to_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::seeded();
    let Some(prefix) = without_privileges(&sandbox) else { return };
    let shut = sandbox.path("shut");
    std::fs::create_dir(&shut).unwrap();
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o555)).unwrap();
    let args = [&prefix[..], &["onrecord", "export", "parquet", "shut/lake"]].concat();
    let said = run(sandbox.command(args[0]).args(&args[1..])).failed();
    assert!(said.contains("cannot create") && said.contains("shut/lake"), "{said}");
    assert_eq!(std::fs::read_dir(&shut).unwrap().count(), 0);
    // And one that is taken stays as it is.
    std::fs::create_dir(sandbox.path("taken")).unwrap();
    sandbox.write("taken/mine.txt", "mine");
    let said = sandbox.run(&["export", "parquet", "taken", "--force"]).failed();
    assert!(said.contains("something is there already"), "{said}");
    assert_eq!(std::fs::read(sandbox.path("taken/mine.txt")).unwrap(), b"mine");
}
