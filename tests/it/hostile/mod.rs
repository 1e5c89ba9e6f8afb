//! Archives and inputs that are meant to exhaust or to mislead a program, and every command on each: none takes
//! over ten seconds or 500 MB, none panics, and none answers wrongly.
//!
//! A run of all tests tries a few of them with some of the commands.
//! `ONRECORD_HOSTILE=all cargo test --test it hostile:: -- --nocapture` tries all with every command, and
//! `ONRECORD_HOSTILE=NAME` one of them; `ONRECORD_PROGRAM=target/release/onrecord` tries another build of the
//! program.

mod archives;
mod inputs;

use crate::common::Sandbox;
use crate::fuzz_targets::archive::archive_bytes;
use crate::watched::{
    Command, MOST_TIME, MOST_TIME_BESIDE, Watched, clear, commands, lay_out, watch,
};
use archives::{CASES, Case, Make};
use inputs::INPUTS;
use std::collections::BTreeMap;
use std::io::{Write, stderr};
use std::time::Duration;

/// The cases of a run of all tests.
const FEW: [&str; 8] = [
    "endless report of ours",
    "endless view behind reports",
    "views that double",
    "NUL in texts",
    "infinities",
    "page size 512",
    "named pipe",
    "copy that inflates to 4 GB",
];

/// Commands that ask what a stranger put into the archive.
const STRANGERS: [&[&str]; 4] = [
    &["report", "mine"],
    &["report", "mine", "--format", "csv"],
    &["check", "mine"],
    &["sql", "SELECT * FROM report_mine"],
];

/// Of the commands, a run of all tests tries one in this number.
const PART: usize = 9;

fn say(text: &str) {
    writeln!(stderr(), "{text}").unwrap();
}

/// What a command printed, where it is of records alone: the standard output, and the files that it wrote.
fn answer(sandbox: &Sandbox, command: &Command, run: &Watched) -> Option<Vec<u8>> {
    let stands = command.of_records && run.code == Some(0);
    let file = command.args.iter().find(|arg| arg.starts_with("out/") && !arg.ends_with(".gpkg"));
    let file = file.map(|name| sandbox.path(name)).filter(|path| path.is_file());
    let written = file.map(|path| std::fs::read(path).unwrap()).unwrap_or_default();
    stands.then(|| [&run.out[..], &written].concat())
}

/// What the commands answer on the archive before anyone changed it.
fn right_answers(all: &[Command], most_time: Duration) -> BTreeMap<String, Vec<u8>> {
    let sandbox = Sandbox::new();
    lay_out(&sandbox);
    sandbox.write("onrecord.db", archive_bytes());
    let mut answers = BTreeMap::new();
    for command in all.iter().filter(|command| command.of_records) {
        clear(&sandbox, archive_bytes());
        let run = watch(&sandbox, &command.on("onrecord.db"), most_time);
        let answer = answer(&sandbox, command, &run);
        let answer = answer.unwrap_or_else(|| panic!("{:?}: {}", command.args, run.err));
        answers.insert(command.args.join(" "), answer);
    }
    answers
}

/// The faults of a case, and the slowest and the largest command.
struct Tried {
    faults: Vec<String>,
    runs: usize,
    slowest: (Duration, String),
    largest: (u64, String),
}

fn try_case(
    case: &Case,
    all: &[Command],
    right: &BTreeMap<String, Vec<u8>>,
    most_time: Duration,
) -> Tried {
    let sandbox = Sandbox::new();
    lay_out(&sandbox);
    sandbox.write("onrecord.db", archive_bytes());
    let file = case.make.run(&sandbox);
    let mut tried = Tried {
        faults: Vec::new(),
        runs: 0,
        slowest: (Duration::ZERO, String::new()),
        largest: (0, String::new()),
    };
    let is_file = sandbox.path(&file).symlink_metadata().is_ok_and(|meta| meta.is_file());
    let kept = sandbox.path("kept.db");
    if is_file {
        std::fs::copy(sandbox.path(&file), &kept).unwrap();
    }
    for command in all {
        clear(&sandbox, archive_bytes());
        let run = watch(&sandbox, &command.on(&file), most_time);
        let name = command.args.join(" ");
        tried.runs += 1;
        tried.slowest = tried.slowest.max((run.time, name.clone()));
        tried.largest = tried.largest.max((run.memory, name.clone()));
        let excused = case.slow.iter().any(|slow| name.starts_with(slow));
        let mut faults: Vec<String> = run.fault(most_time).into_iter().collect();
        faults.retain(|fault| !(excused && fault.starts_with("took")));
        if case.same_record
            && !run.stopped
            && let (Some(found), Some(right)) = (answer(&sandbox, command, &run), right.get(&name))
            && found != *right
        {
            faults.push(format!("another answer:\n{}", String::from_utf8_lossy(&found)));
        }
        tried.faults.extend(faults.iter().map(|fault| format!("{}: {name}: {fault}", case.name)));
        if command.writes && is_file {
            for suffix in ["-journal", "-wal", "-shm"] {
                let _ = std::fs::remove_file(sandbox.path(&format!("{file}{suffix}")));
            }
            std::fs::copy(&kept, sandbox.path(&file)).unwrap();
        }
    }
    tried
}

#[test]
fn no_hostile_archive_exhausts_or_misleads_a_command() {
    let chosen = std::env::var("ONRECORD_HOSTILE").ok();
    let most_time = if chosen.is_some() { MOST_TIME } else { MOST_TIME_BESIDE };
    let mut all = commands();
    all.extend(STRANGERS.iter().map(|args| Command::new(args, false, false)));
    let right = right_answers(&all, most_time);
    let (mut faults, mut runs, mut number) = (Vec::new(), 0, 0);
    for (at, case) in CASES.iter().enumerate() {
        let some: Vec<Command> = match chosen.as_deref() {
            Some("all") => all.clone(),
            Some(name) if name == case.name => all.clone(),
            None if FEW.contains(&case.name) => {
                all.iter().skip(at % PART).step_by(PART).cloned().collect()
            }
            _ => continue,
        };
        let tried = try_case(case, &some, &right, most_time);
        if chosen.is_some() {
            let (slowest, largest) = (&tried.slowest, &tried.largest);
            say(&format!(
                "{}: {} commands; slowest {:.1} s ({}), largest {} MB ({})",
                case.name,
                tried.runs,
                slowest.0.as_secs_f64(),
                slowest.1,
                largest.0,
                largest.1
            ));
            tried.faults.iter().for_each(|fault| say(&format!("  FAULT {fault}")));
        }
        runs += tried.runs;
        number += 1;
        faults.extend(tried.faults);
    }
    assert!(number >= if chosen.is_some() { 1 } else { FEW.len() }, "{number} cases, {chosen:?}");
    say(&format!("{number} archives, {runs} commands, {} faults", faults.len()));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// An input that is small and says much is refused, or read in bounds.
#[test]
fn no_hostile_input_exhausts_an_import() {
    let all = std::env::var_os("ONRECORD_HOSTILE").is_some();
    let most_time = if all { MOST_TIME } else { MOST_TIME_BESIDE };
    let mut faults = Vec::new();
    for (name, file, few, make) in INPUTS {
        if !(all || few) {
            continue;
        }
        let sandbox = Sandbox::empty();
        make(&sandbox, file);
        let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
        let run = watch(&sandbox, &["import", file], most_time);
        if all {
            say(&format!(
                "{name}: {:.1} s, {} MB, exit code {:?}: {}",
                run.time.as_secs_f64(),
                run.memory,
                run.code,
                run.err.lines().last().unwrap_or_default()
            ));
        }
        faults.extend(run.fault(most_time).map(|fault| format!("{name}: {fault}")));
        let same = before == std::fs::read(sandbox.path("onrecord.db")).unwrap();
        if run.code == Some(3) && !same {
            faults.push(format!("{name}: refused and written"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The comparison of answers sees another answer: a record that was changed is not the same record.
#[test]
fn another_answer_is_a_fault() {
    let case = Case {
        name: "changed",
        same_record: true,
        make: Make::Sql("UPDATE claims SET note = 'x' WHERE key = 'crowd-a'"),
        slow: &[],
    };
    let all: Vec<Command> =
        commands().into_iter().filter(|command| command.args == ["show", "crowd-a"]).collect();
    let right = right_answers(&all, MOST_TIME_BESIDE);
    let tried = try_case(&case, &all, &right, MOST_TIME_BESIDE);
    assert!(tried.faults.iter().any(|fault| fault.contains("another answer")));
}
