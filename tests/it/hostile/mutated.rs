//! Archives with random changes of bytes, pages, the schema and rows: no command breaks down, and none gives a wrong
//! answer for a right one. Where an answer is not that of the sound archive,
//!
//! - the command failed, and said so,
//! - or `check` has a finding,
//! - or the file says something else: a letter of a text is another one, or a tool changed a row. No checksum tells
//!   that. What the archive exports then has to be a sound archive, which a new one takes in whole and whose answers
//!   are the same. These are counted apart.
//!
//! A run of all tests makes a few of these archives, with a fixed seed; `ONRECORD_MUTATIONS=10000` makes as many,
//! `ONRECORD_MUTATIONS=500..600` those of these numbers, `ONRECORD_MUTATION=17` the one of this number, and
//! `ONRECORD_MUTATION=FILE` the one of an input of the fuzz target `archive`; the last two are kept as `mutated.db` in
//! the folder for temporary files.

use super::watched::watch;
use super::{program, put_state, state};
use crate::common::Sandbox;
use crate::fuzz_targets::archive::archive_bytes;
use crate::fuzz_targets::mutation::{KINDS, change};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Archives of a run of all tests.
const CASES: u64 = 24;

/// A random number generator (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The commands whose answers are compared.
const ANSWERS: [&[&str]; 5] = [
    &["export", "ndjson"],
    &["report", "claims", "--format", "csv"],
    &["report", "figure-conflicts", "--format", "csv"],
    &["show", "crowd-a"],
    &["sql", "SELECT c.key, s.key, origin_keys FROM claims AS c LEFT JOIN mentions AS m ON m.claim_id = c.id
       LEFT JOIN sources AS s ON s.id = m.source_id LEFT JOIN claim_weights AS w ON w.claim_id = c.id ORDER BY 1, 2", "--format", "csv"],
];

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    Given(String),
    Failed,
}

/// Runs a command; `wrongs` takes what it may not do.
fn ask(sandbox: &Sandbox, args: &[&str], wrongs: &mut Vec<String>) -> (Option<i32>, Answer) {
    let (program, bounds) = program();
    let mut command = sandbox.command(program.to_str().unwrap());
    let run = watch(command.args(args), bounds);
    wrongs.extend(run.stopped.map(|stopped| format!("{args:?}: {stopped}")));
    if !matches!(run.code, Some(0 | 1 | 3)) || run.err.contains("panicked") {
        wrongs.push(format!("{args:?}: it ended with {:?}: {}", run.code, run.err));
    }
    if run.code == Some(3) {
        if !run.err.contains("error: ") {
            wrongs.push(format!("{args:?}: no message"));
        }
        return (run.code, Answer::Failed);
    }
    (run.code, Answer::Given(run.out))
}

fn answers(sandbox: &Sandbox, wrongs: &mut Vec<String>) -> Vec<Answer> {
    ANSWERS.iter().map(|args| ask(sandbox, args, wrongs).1).collect()
}

/// Changes a random row, table or name, as a tool without regard for the guards does. Returns what it did.
fn change_rows(path: &Path, dice: &mut Dice) -> String {
    let db = Connection::open(path).unwrap();
    db.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON").unwrap();
    // An earlier change may keep SQLite from answering, as that of a search index does.
    let list = |sql: &str| -> Vec<(String, String)> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut found = db.prepare(sql)?;
            found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().unwrap_or_default()
    };
    let triggers = list("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    let objects = list("SELECT name, type FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
    let tables: Vec<&String> =
        objects.iter().filter(|(_, kind)| kind == "table").map(|(name, _)| name).collect();
    let mut done = Vec::new();
    // The guards are off while it works, and come back; but for one time in four.
    triggers.iter().for_each(|(name, _)| drop(db.execute_batch(&format!("DROP TRIGGER {name}"))));
    for _ in 0..=dice.below(3) {
        let table = *dice.of(&tables);
        let columns: Vec<String> =
            list(&format!("SELECT name, type FROM pragma_table_info('{table}')"))
                .into_iter()
                .map(|(name, _)| name)
                .collect();
        // It may have dropped the table, too.
        if columns.is_empty() {
            continue;
        }
        let row = format!(
            "rowid = (SELECT rowid FROM {table} LIMIT 1 OFFSET (SELECT {} % max(count(*), 1) FROM {table}))",
            dice.below(1000)
        );
        let column = dice.of(&columns);
        let values = [
            Value::Null,
            Value::Integer(-1),
            Value::Integer(3),
            Value::Integer(i64::MAX),
            Value::Real(f64::INFINITY),
            Value::Real(0.5),
            Value::Text(String::new()),
            Value::Text("wire".to_owned()),
            Value::Text("2021-02-30".to_owned()),
            Value::Text("a\0b\u{1b}[2J".to_owned()),
            Value::Blob(vec![0xff, 0x00]),
        ];
        let sql = match dice.below(10) {
            0 => format!("DELETE FROM {table} WHERE {row}"),
            1 => format!("DELETE FROM {table}"),
            2 => {
                let (name, kind) = dice.of(&objects);
                format!("DROP {kind} {name}")
            }
            3 => format!(
                "UPDATE {table} SET {column} = (SELECT {column} FROM {table} ORDER BY rowid LIMIT 1) WHERE {row}"
            ),
            4 => format!("UPDATE {table} SET {column} = CAST(x'41ff' AS TEXT) WHERE {row}"),
            5 => format!("ALTER TABLE {table} RENAME COLUMN {column} TO other"),
            _ => format!("UPDATE {table} SET {column} = ?1 WHERE {row}"),
        };
        let value = dice.of(&values);
        let parameters: &[&dyn rusqlite::ToSql] = if sql.contains("?1") { &[value] } else { &[] };
        // What SQLite refuses is not done.
        if db.execute(&sql, parameters).is_ok() {
            done.push(format!("{sql} [{value:?}]"));
        }
    }
    if dice.below(4) > 0 {
        triggers.iter().for_each(|(_, sql)| drop(db.execute_batch(sql)));
    }
    done.join("; ")
}

/// Changes the archive as this number says, and returns the kind of the change and what it was.
fn mutate(path: &Path, number: u64) -> (String, String) {
    if let Some(input) = asked_for().and_then(|asked| std::fs::read(asked).ok()) {
        let mut bytes = archive_bytes().to_vec();
        let kinds = change(&mut bytes, &input);
        std::fs::write(path, &bytes).unwrap();
        return ("asked for".to_owned(), format!("{kinds:?}"));
    }
    let mut dice = Dice(number);
    let mut bytes = archive_bytes().to_vec();
    if dice.below(3) == 0 {
        std::fs::write(path, &bytes).unwrap();
        return ("rows".to_owned(), change_rows(path, &mut dice));
    }
    // One change, or several.
    let kind = dice.below(KINDS.len());
    let mut description = vec![u8::try_from(kind).unwrap()];
    let more = if dice.below(3) == 0 { dice.below(40) } else { 7 };
    description.extend((0..more).map(|_| u8::try_from(dice.below(256)).unwrap()));
    if more == 7 {
        // The bytes of "bytes" are taken from the end, so that this is one change.
        description.truncate(if KINDS[kind] == "bytes" { 8 } else { 6 });
    }
    let kinds = change(&mut bytes, &description);
    std::fs::write(path, &bytes).unwrap();
    (kinds.first().map_or_else(String::new, |kind| (*kind).to_owned()), format!("{kinds:?}"))
}

/// The numbers of the archives of a run: so many, or from one to the one before another.
fn numbers() -> std::ops::Range<u64> {
    let asked = std::env::var("ONRECORD_MUTATIONS").ok();
    let part = asked.as_deref().and_then(|text| {
        let (from, to) = text.split_once("..").unwrap_or(("0", text));
        Some(from.parse().ok()?..to.parse().ok()?)
    });
    part.unwrap_or(0..CASES)
}

fn asked_for() -> Option<String> {
    std::env::var("ONRECORD_MUTATION").ok()
}

/// The table of a row in NDJSON.
fn table_of(line: &str) -> String {
    line.split('"').nth(3).unwrap_or_default().to_owned()
}

/// What became of a mutated archive.
fn judge(
    sandbox: &Sandbox,
    number: u64,
    sound: &[Answer],
    wrongs: &mut Vec<String>,
) -> &'static str {
    let path = sandbox.path("onrecord.db");
    let before = state(&path);
    let found = answers(sandbox, wrongs);
    let differs =
        found.iter().zip(sound).any(|(found, sound)| found != sound && *found != Answer::Failed);
    // A check takes as long as all the others: where no answer hangs on it, each seventh is enough.
    let check = (differs || number.is_multiple_of(7)).then(|| {
        let _ = ask(sandbox, &["info"], wrongs);
        ask(sandbox, &["check"], wrongs).0
    });
    if state(&path) != before {
        wrongs.push("reading changed the file".to_owned());
    }
    if found == sound {
        return "the same answers";
    }
    if !differs {
        return "a message in place of an answer";
    }
    if check != Some(Some(0)) {
        return "another answer, and a finding";
    }
    if ask(sandbox, &["check", "--full"], wrongs).0 != Some(0) {
        return "another answer, and a finding of check --full";
    }
    if found[0] == sound[0] {
        wrongs.push(
            "the record is the same, and the answers are not; check finds nothing".to_owned(),
        );
        return "wrong";
    }
    // The record says something else: it has to be a sound one.
    let Answer::Given(record) = &found[0] else {
        return "another answer, and no export";
    };
    let copy = Sandbox::new();
    copy.write("record.ndjson", record);
    let (_, made) = ask(&copy, &["init"], wrongs);
    let (code, _) = ask(&copy, &["import", "record.ndjson"], wrongs);
    if made == Answer::Failed || code != Some(0) {
        let said = copy.run(&["import", "record.ndjson"]).err;
        wrongs.push(format!("what it exports cannot be imported, and check finds nothing: {said}"));
        return "wrong";
    }
    // The rows get other ids, by which some lists are in order.
    let lines = |answer: &Answer| match answer {
        Answer::Given(text) => text.lines().map(str::to_owned).collect::<BTreeSet<_>>(),
        Answer::Failed => BTreeSet::from(["failed".to_owned()]),
    };
    for ((args, found), again) in ANSWERS.iter().zip(&found).zip(answers(&copy, wrongs)) {
        let (mut found, mut again) = (lines(found), lines(&again));
        if args[0] == "export" {
            // Who edits is noted anew, and a list of codes of which no row is left is not in the export.
            let tables: BTreeSet<String> = found.iter().map(|line| table_of(line)).collect();
            for rows in [&mut found, &mut again] {
                rows.retain(|line| table_of(line) != "archive" && tables.contains(&table_of(line)));
            }
        }
        if found != again {
            let differing: Vec<_> = found.symmetric_difference(&again).collect();
            wrongs.push(format!(
                "an archive with what it exports answers otherwise: {args:?}: {differing:?}"
            ));
        }
    }
    if !wrongs.is_empty() {
        return "wrong";
    }
    "a sound record that says something else"
}

#[test]
fn mutated_archives_give_no_wrong_answer_for_a_right_one() {
    let numbers = match asked_for().map(|one| one.parse::<u64>().unwrap_or(0)) {
        Some(one) => one..one + 1,
        None => numbers(),
    };
    let is_one = asked_for().is_some();
    let sandbox = Sandbox::new();
    sandbox.write("onrecord.db", archive_bytes());
    let mut wrongs = Vec::new();
    let sound = answers(&sandbox, &mut wrongs);
    assert!(wrongs.is_empty() && !sound.contains(&Answer::Failed), "{wrongs:?}");
    // The judgement itself: the sound archive is taken for one, and so is its export.
    assert_eq!(judge(&sandbox, 0, &sound, &mut wrongs), "the same answers");
    let _ = sandbox.other_tool().execute_batch("UPDATE sources SET note = 'x' WHERE key = 'wire'");
    assert_eq!(
        judge(&sandbox, 0, &sound, &mut wrongs),
        "a sound record that says something else",
        "{wrongs:?}"
    );
    assert!(wrongs.is_empty(), "{wrongs:?}");
    let next = AtomicU64::new(numbers.start);
    let counts: Mutex<BTreeMap<&str, BTreeMap<String, u64>>> = Mutex::default();
    let bad: Mutex<Vec<String>> = Mutex::default();
    let work = || {
        let sandbox = Sandbox::new();
        let path = sandbox.path("onrecord.db");
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= numbers.end {
                break;
            }
            put_state(&sandbox, &[None, None, None]);
            let (kind, what) = mutate(&path, number);
            if is_one {
                std::fs::copy(&path, std::env::temp_dir().join("mutated.db")).unwrap();
            }
            let mut wrongs = Vec::new();
            let became = judge(&sandbox, number, &sound, &mut wrongs);
            *counts.lock().unwrap().entry(became).or_default().entry(kind).or_default() += 1;
            if !wrongs.is_empty() {
                let wrong = format!("mutation {number} ({what}): {}", wrongs.join("; "));
                eprintln!("{}", wrong.chars().take(900).collect::<String>());
                bad.lock().unwrap().push(wrong);
            }
        }
    };
    std::thread::scope(|scope| (0..2).for_each(|_| drop(scope.spawn(work))));
    let counts = counts.into_inner().unwrap();
    for (became, kinds) in &counts {
        eprintln!("{became}: {} {kinds:?}", kinds.values().sum::<u64>());
    }
    let bad = bad.into_inner().unwrap();
    assert!(
        bad.is_empty(),
        "{} of {} mutated archives: see above",
        bad.len(),
        numbers.end - numbers.start
    );
    // Not every archive is refused at once, and not every change is without effect.
    if numbers.end - numbers.start >= CASES {
        for became in
            ["the same answers", "a message in place of an answer", "another answer, and a finding"]
        {
            assert!(counts.contains_key(became), "{became}: {counts:?}");
        }
    }
}
