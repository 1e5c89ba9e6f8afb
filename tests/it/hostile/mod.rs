//! Hostile and damaged archives, and every command on each: the program ends by itself, in time and with little memory,
//! by an exit code that it documents, with a message that names the file; and what only reads leaves the file as it is.
//!
//! A run of all tests tries a few commands on each archive. `ONRECORD_HOSTILE=all` tries all of them,
//! `ONRECORD_HOSTILE=WORDS` all on the archives whose names contain these words. `ONRECORD_PROGRAM=target/release/onrecord`
//! tries that program, with the bounds of a release build.

mod archives;
mod commands;
mod mutated;
mod watched;

use crate::common::{Sandbox, root};
use archives::{ARCHIVES, Change, WITHOUT_END, apply, beside};
use commands::{Deed, Effect, deeds};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use watched::{Bounds, Watched, watch};

/// What a command may take of a release build; SQL of a stranger's is stopped after ten seconds.
const BOUNDS: Bounds = Bounds { seconds: 10.5, memory: 500 << 20 };
/// What it may take of a build for tests, which is several times as slow.
const BOUNDS_OF_TESTS: Bounds = Bounds { seconds: 60.0, memory: 700 << 20 };

/// The program that is tried, and its bounds.
fn program() -> (PathBuf, Bounds) {
    match std::env::var_os("ONRECORD_PROGRAM") {
        Some(path) => (root().join(path), BOUNDS),
        None if cfg!(debug_assertions) => (env!("CARGO_BIN_EXE_onrecord").into(), BOUNDS_OF_TESTS),
        None => (env!("CARGO_BIN_EXE_onrecord").into(), BOUNDS),
    }
}

/// Commands of each archive in a run of all tests: over them all, most commands have their turn.
const SAMPLE: usize = 1;

/// The archive that is changed: the seeded one, with a captured copy, a report of its own, changes and an undo.
fn sound() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let sandbox = Sandbox::seeded();
        write_inputs(&sandbox);
        for args in [
            &["attach", "surrender-clip", "d.csv"][..],
            &["report", "add", "mine", "new.sql"],
            &["import", "d.toml"],
            &["assess", "muqur-fell", "disputed", "--because", "x"],
            &["rename", "kabul", "kabul-city"],
            &["delete", "bridge-closed", "--because", "x"],
            &["undo"],
        ] {
            let _ = sandbox.run(args).done();
        }
        std::fs::read(sandbox.path("onrecord.db")).unwrap()
    })
}

/// The files that the commands read.
fn write_inputs(sandbox: &Sandbox) {
    sandbox.write("new.sql", "-- title: Mine\nSELECT key AS claim, text FROM claims");
    sandbox.write(
        "d.csv",
        "claim,text,kind,happened,source\nfrom-csv,From a table,event,2021-06-28,taliban\n",
    );
    sandbox.write(
        "d.toml",
        "onrecord = 1\n[[source]]\nkey = \"post\"\nkind = \"article\"\ntitle = \"Bridge closed\"\n[[claim]]\n\
         key = \"bridge-closed\"\ntext = \"The bridge is closed\"\nkind = \"event\"\nmention = [{ source = \"post\" }]\n",
    );
}

/// The archive that a hostile one is merged into and from.
fn other() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let sandbox = Sandbox::new();
        let _ = sandbox.run(&["init"]).done();
        write_inputs(&sandbox);
        let _ = sandbox.run(&["import", "d.toml"]).done();
        std::fs::read(sandbox.path("onrecord.db")).unwrap()
    })
}

/// The whole sound archive as NDJSON.
fn whole() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let sandbox = Sandbox::new();
        sandbox.write("onrecord.db", sound());
        sandbox.run(&["export", "ndjson"]).done().into_bytes()
    })
}

/// The file and those beside it that SQLite reads with it.
type State = [Option<Vec<u8>>; 3];

fn paths(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-journal"].map(|ending| beside(path, ending))
}

/// SQLite leaves an empty log where it reads a file that has one; that is none.
fn state(path: &Path) -> State {
    let [file, log, journal] = paths(path).map(|path| std::fs::read(path).ok());
    [file, log.filter(|log| !log.is_empty()), journal]
}

/// Puts an archive into a sandbox, with nothing that an earlier command left.
fn put_state(sandbox: &Sandbox, state: &State) {
    for entry in std::fs::read_dir(sandbox.path("")).unwrap() {
        let path = entry.unwrap().path();
        let _ = if path.is_dir() {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
    }
    for (path, bytes) in paths(&sandbox.path("onrecord.db")).iter().zip(state) {
        bytes.iter().for_each(|bytes| std::fs::write(path, bytes).unwrap());
    }
}

/// Puts an archive into a sandbox, and beside it what the commands read.
fn put(sandbox: &Sandbox, state: &State) {
    put_state(sandbox, state);
    sandbox.write("other.db", other());
    sandbox.write("whole.ndjson", whole());
    write_inputs(sandbox);
}

/// Runs a command on a hostile archive, and returns what it did that it may not do.
fn wrongs(sandbox: &Sandbox, before: &State, deed: &Deed) -> (Watched, Vec<String>) {
    let mut wrongs = Vec::new();
    let (program, bounds) = program();
    let mut command = sandbox.command(program.to_str().unwrap());
    let run = watch(command.args(&deed.args), bounds);
    if let Some(stopped) = &run.stopped {
        wrongs.push(stopped.clone());
    } else if !matches!(run.code, Some(0 | 1 | 3)) {
        wrongs.push(format!("it ended with {:?}", run.code));
    }
    if run.err.contains("panicked") {
        wrongs.push("it panicked".to_owned());
    }
    if run.code == Some(3) {
        if !run.err.contains("error: ") {
            wrongs.push("no message".to_owned());
        } else if !names_its_subject(deed, &run.err) && !is_refused_of_the_sound(deed, &run.err) {
            wrongs.push("the message names no file".to_owned());
        }
    }
    // A journal beside a file is of a write that was not finished, and who reads the file first takes that back.
    let is_at_rest = before[2].is_none();
    if deed.effect == Effect::Reads && is_at_rest && state(&sandbox.path("onrecord.db")) != *before
    {
        wrongs.push("reading changed the file".to_owned());
    }
    (run, wrongs)
}

/// The words that begin the line of the error.
fn begin_of_error(message: &str) -> Option<Vec<&str>> {
    let line = message.lines().find(|line| line.starts_with("error: "))?;
    Some(line.split_whitespace().take(3).collect())
}

/// Returns true if a message names the archive, or a file or a record that the command names, or says that what was
/// asked for is not there.
fn names_its_subject(deed: &Deed, message: &str) -> bool {
    let words =
        [".db", "error: no ", "error: stopped: ", "error: not run: ", "; nothing was written"];
    let asked = deed.args[1..].iter().map(String::as_str).filter(|arg| arg.len() > 5);
    let named: Vec<&str> = words.into_iter().chain(["operation"]).chain(asked).collect();
    let mut errors = message.lines().filter(|line| line.starts_with("error: "));
    errors.any(|line| named.iter().any(|name| line.contains(name)))
}

/// Returns true if the sound archive refuses the command too: the message is about what was asked.
fn is_refused_of_the_sound(deed: &Deed, message: &str) -> bool {
    let sandbox = Sandbox::new();
    put(&sandbox, &[Some(sound().to_vec()), None, None]);
    let args: Vec<&str> = deed.args.iter().map(String::as_str).collect();
    let refused = sandbox.run(&args);
    refused.code == 3 && begin_of_error(&refused.err) == begin_of_error(message)
}

#[test]
fn hostile_archives_and_every_command() {
    let asked = std::env::var("ONRECORD_HOSTILE").ok();
    let is_asked =
        |name: &str| asked.as_deref().is_none_or(|words| words == "all" || name.contains(words));
    let chosen: Vec<(usize, &(&str, Change))> =
        ARCHIVES.iter().enumerate().filter(|(_, (name, _))| is_asked(name)).collect();
    assert!(!chosen.is_empty() && ARCHIVES.len() >= 68, "{} archives", ARCHIVES.len());
    let deeds = deeds();
    let next = AtomicUsize::new(0);
    let found: Mutex<BTreeMap<String, String>> = Mutex::default();
    let (runs, slowest) = (AtomicUsize::new(0), Mutex::new((0.0, 0, String::new(), String::new())));
    let work = || {
        let sandbox = Sandbox::new();
        while let Some((number, (name, change))) = chosen.get(next.fetch_add(1, Ordering::Relaxed))
        {
            let path = sandbox.path("made.db");
            sandbox.write("made.db", sound());
            let made = std::panic::catch_unwind(|| apply(change, &path));
            if made.is_err() {
                found.lock().unwrap().insert((*name).to_owned(), "it cannot be made".to_owned());
                continue;
            }
            let before = state(&path);
            let (mut here, mut longest, mut most) = (0, 0.0, 0);
            for (n, deed) in deeds.iter().enumerate() {
                // Over all archives each command has its turn.
                let is_sampled =
                    (n + deeds.len() - number * SAMPLE % deeds.len()) % deeds.len() < SAMPLE;
                let is_slow =
                    *number < WITHOUT_END && matches!(deed.args[0].as_str(), "check" | "report");
                if asked.is_none() && (!is_sampled || is_slow) {
                    continue;
                }
                put(&sandbox, &before);
                let (run, wrongs) = wrongs(&sandbox, &before, deed);
                let did = format!("{name}: onrecord {}", deed.args.join(" "));
                runs.fetch_add(1, Ordering::Relaxed);
                here += 1;
                (longest, most) = (f64::max(longest, run.seconds), u64::max(most, run.memory));
                let mut of_all = slowest.lock().unwrap();
                if run.seconds > of_all.0 {
                    (of_all.0, of_all.2) = (run.seconds, did.clone());
                }
                if run.memory > of_all.1 {
                    (of_all.1, of_all.3) = (run.memory, did.clone());
                }
                drop(of_all);
                if !wrongs.is_empty() {
                    let said: String = run.err.chars().take(400).collect();
                    eprintln!("{did}: {}\n    {said}", wrongs.join("; "));
                    found.lock().unwrap().insert(did, wrongs.join("; "));
                }
            }
            if asked.is_some() {
                eprintln!("{number} {name}: {here} runs, {longest} s, {} MB", most >> 20);
            }
        }
    };
    std::thread::scope(|scope| (0..2).for_each(|_| drop(scope.spawn(work))));
    let (seconds, memory, slow, large) = slowest.into_inner().unwrap();
    eprintln!(
        "{} archives, {} runs; at most {seconds} s ({slow}) and {} MB ({large})",
        chosen.len(),
        runs.into_inner(),
        memory >> 20
    );
    let found = found.into_inner().unwrap();
    assert!(found.is_empty(), "{} runs went wrong: {found:#?}", found.len());
}
