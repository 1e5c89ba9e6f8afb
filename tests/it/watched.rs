//! Commands under watch: what each says, how long it takes and how much memory. For archives that are
//! meant to break them.

use crate::common::Sandbox;
use onrecord::shipped::reports;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// What a command may take: a stranger's query stops after ten seconds, and it takes a moment to say so.
pub const MOST_TIME: Duration = Duration::from_secs(12);

/// The same where other tests run beside it, without optimisation: no command that ends is a hang.
pub const MOST_TIME_BESIDE: Duration = Duration::from_secs(90);

/// The memory that a command may take, in megabytes.
pub const MOST_MEMORY: u64 = 500;

/// The part of an output that is kept, to be compared.
const KEPT: usize = 4 << 20;

/// What came of a command.
#[derive(Debug)]
pub struct Watched {
    /// Its exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// The beginning of its standard output.
    pub out: Vec<u8>,
    /// Its standard error.
    pub err: String,
    pub time: Duration,
    /// The most memory that it had, in megabytes.
    pub memory: u64,
    /// True if it was stopped, as it took too long or too much.
    pub stopped: bool,
}

impl Watched {
    /// The limit or the promise that the command broke, if it broke one.
    pub fn fault(&self, most_time: Duration) -> Option<String> {
        if self.err.contains("panicked") || self.code == Some(101) {
            return Some(format!("panicked: {}", self.err));
        }
        if self.time > most_time {
            return Some(format!("took {:.1} s", self.time.as_secs_f64()));
        }
        if self.memory > MOST_MEMORY {
            return Some(format!("took {} MB", self.memory));
        }
        match self.code {
            Some(0..=3) => None,
            code => Some(format!("ended with {code:?}: {}", self.err)),
        }
    }
}

/// The program: the one that was built with the tests, or another build that is named.
pub fn program() -> String {
    std::env::var("ONRECORD_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_onrecord").to_owned())
}

/// Reads a stream to its end and returns its beginning.
fn drain(mut stream: impl Read) -> Vec<u8> {
    let (mut kept, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
    while let Ok(number @ 1..) = stream.read(&mut buffer) {
        let rest = KEPT.saturating_sub(kept.len());
        kept.extend(&buffer[..number.min(rest)]);
    }
    kept
}

/// The most memory that a process has had so far, in megabytes; 0 where the system does not tell.
fn peak_memory(process: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0_u64) / 1024
}

/// Runs a command of the program and stops it when it goes far beyond a limit.
pub fn watch(
    sandbox: &Sandbox,
    args: &[impl AsRef<std::ffi::OsStr>],
    most_time: Duration,
) -> Watched {
    let begun = Instant::now();
    let mut child = sandbox
        .command(&program())
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (out, err) =
        (std::thread::spawn(move || drain(out)), std::thread::spawn(move || drain(err)));
    let (mut memory, mut stopped) = (0, false);
    let status = loop {
        memory = memory.max(peak_memory(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > 2 * most_time || memory > 4 * MOST_MEMORY {
            stopped = true;
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let time = begun.elapsed();
    let (out, err) = (out.join().unwrap(), err.join().unwrap());
    let err = String::from_utf8_lossy(&err).into_owned();
    Watched { code: status.code(), out, err, time, memory, stopped }
}

/// A command of the program.
#[derive(Clone, Debug)]
pub struct Command {
    /// Its arguments; `FILE` stands for the archive.
    pub args: Vec<String>,
    /// True if it changes the archive.
    pub writes: bool,
    /// True if what it prints is of the records alone, and the same for the same records.
    pub of_records: bool,
}

impl Command {
    pub fn new(args: &[&str], writes: bool, of_records: bool) -> Self {
        let args = args.iter().map(|arg| (*arg).to_owned()).collect();
        Command { args, writes, of_records }
    }

    /// The arguments for this archive.
    pub fn on(&self, file: &str) -> Vec<String> {
        let args = self.args.iter().map(|arg| if arg == "FILE" { file } else { arg });
        ["-f", file].into_iter().chain(args).map(str::to_owned).collect()
    }
}

/// The commands that read, but for reports.
const READING: [&[&str]; 16] = [
    &["check"],
    &["check", "--full"],
    &["check", "--doubts"],
    &["check", "--list"],
    &["info"],
    &["schema"],
    &["datasette"],
    &["report"],
    &["log"],
    &["log", "--show", "1"],
    &["sql", "SELECT count(*) FROM claims"],
    &["export", "ndjson"],
    &["backup", "out/copy.db"],
    &["recover", "FILE", "out/new.db"],
    &["template", "claims"],
    &["extract", "wire", "-o", "out/copy"],
];

/// The commands that print of the records alone, but for reports.
const OF_RECORDS: [&[&str]; 20] = [
    &["report", "claims", "--where", "status!=reported", "--format", "json"],
    &["report", "claims", "--format", "html", "--limit", "3"],
    &["report", "status", "--chart"],
    &["show", "crowd-a"],
    &["show", "wire"],
    &["show", "town"],
    &["show", "m"],
    &["show", "f-range"],
    &["search", "morning"],
    &["similar", "Houses lost"],
    &["suggest"],
    &["export", "toml"],
    &["export", "csv"],
    &["export", "geojson"],
    &["export", "claimreview"],
    &["export", "csl-json"],
    &["export", "xlsx", "out/book.xlsx"],
    &["export", "gpkg", "out/map.gpkg"],
    &["publish", "out/page.html"],
    &["publish", "out/pages"],
];

/// The commands that write. `sound.db` is a sound archive, into which the other one is merged.
const WRITING: [&[&str]; 18] = [
    &["add", "source", "--kind", "article", "--title", "New"],
    &["assess", "crowd-b", "disputed", "--because", "Two counts."],
    &["withdraw", "crowd-b", "--because", "Twice."],
    &["rename", "town", "the-town"],
    &["undo"],
    &["refresh"],
    &["delete", "lost-f", "--because", "A mistake."],
    &["merge-claims", "crowd-a", "crowd-b"],
    &["merge-sources", "copy", "wire"],
    &["merge-places", "town", "other-town"],
    &["attach", "wire", "page.txt"],
    &["import", "page.csv"],
    &["report", "add", "own", "own.sql"],
    &["check", "--repair"],
    &["seed", "--into"],
    &["init"],
    &["export", "datapackage", "out/package"],
    &["-f", "sound.db", "merge", "FILE"],
];

/// Every command of the program, with arguments that do something.
pub fn commands() -> Vec<Command> {
    let reports = reports().into_iter().map(|report| report.name).chain(["tie-outs".to_owned()]);
    // What was done to a file is not of its records alone.
    let of_records = |name: &str| name != "operations" && name != "doubts";
    let mut all: Vec<Command> =
        reports.map(|name| Command::new(&["report", &name], false, of_records(&name))).collect();
    all.extend(READING.iter().map(|args| Command::new(args, false, false)));
    all.extend(OF_RECORDS.iter().map(|args| Command::new(args, false, true)));
    all.extend(WRITING.iter().map(|args| Command::new(args, true, false)));
    all
}

/// Writes what the commands take, beside the archive.
pub fn lay_out(sandbox: &Sandbox) {
    sandbox.write("page.txt", "A page as found.");
    sandbox.write("page.csv", "claim,text,kind,source\nnew,Something new,event,wire\n");
    sandbox.write("own.sql", "SELECT key FROM claims");
}

/// Removes what the last command wrote beside the archive, and sets the sound archive up again.
pub fn clear(sandbox: &Sandbox, sound: &[u8]) {
    let out = sandbox.path("out");
    let _ = std::fs::remove_dir_all(&out);
    std::fs::create_dir(&out).unwrap();
    sandbox.write("sound.db", sound);
}

/// Every subcommand that the help lists, to be held against [`commands`].
#[test]
fn every_command_is_among_those_that_are_watched() {
    let help = Sandbox::new().run(&["--help"]).done();
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed: Vec<&str> = listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    // Those that open no archive, and one that is another with a different kind.
    let without = ["completions", "man", "help", "merge-measures"];
    let run: Vec<String> = commands().iter().flat_map(|command| command.args.clone()).collect();
    assert!(listed.len() > 30, "{help}");
    for name in listed.into_iter().filter(|name| !without.contains(name)) {
        assert!(run.iter().any(|arg| arg == name), "{name} is not watched");
    }
}

/// A command that takes too long or too much is stopped and named.
#[test]
fn the_watch_sees_time_and_memory() {
    let sandbox = Sandbox::empty();
    let endless =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    let short = Duration::from_millis(300);
    let slow = watch(&sandbox, &["sql", endless], short);
    assert!(slow.stopped && slow.fault(short).is_some_and(|why| why.contains("took")), "{slow:?}");
    let large = "SELECT length(hex(zeroblob(300000000)))";
    let large = watch(&sandbox, &["sql", large], MOST_TIME_BESIDE);
    assert!(Path::new("/proc").exists() && large.memory > 250, "{large:?}");
    let fine = watch(&sandbox, &["check"], MOST_TIME_BESIDE);
    assert_eq!(fine.fault(MOST_TIME_BESIDE), None);
}
