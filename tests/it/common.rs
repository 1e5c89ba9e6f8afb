//! A folder of its own, an emptied environment and a fixed clock for every test that runs the
//! program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The moment of every run: 2021-07-02T12:00:00Z.
pub const NOW: &str = "1625227200";

/// A folder that goes away with the test.
pub struct Sandbox {
    folder: TempDir,
}

/// What a run said and how it ended.
#[must_use = "look at what it said or how it ended"]
#[derive(Debug)]
pub struct Run {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Run {
    /// The standard output of a run that went well.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// The standard error of a run that could not be done.
    #[track_caller]
    pub fn failed(self) -> String {
        assert_eq!(self.code, 3, "{}{}", self.out, self.err);
        assert!(self.err.contains("error: "), "{}", self.err);
        self.err
    }
}

impl Sandbox {
    pub fn new() -> Self {
        Sandbox { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with the seeded archive in it.
    pub fn seeded() -> Self {
        let sandbox = Self::new();
        let _ = sandbox.run(&["seed"]).done();
        sandbox
    }

    /// A folder with an empty archive in it.
    pub fn empty() -> Self {
        let sandbox = Self::new();
        let _ = sandbox.run(&["init"]).done();
        sandbox
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let bin = Path::new(env!("CARGO_BIN_EXE_onrecord")).parent().unwrap();
        let path = std::env::var("PATH").unwrap_or_default();
        command.env_clear().current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["HOME", "PYENV_ROOT"] {
            command.envs(std::env::var(name).ok().map(|value| (name, value)));
        }
        command
            .env("PATH", format!("{}:{path}", bin.display()))
            .env("LC_ALL", "C.UTF-8")
            .env("SOURCE_DATE_EPOCH", NOW)
            .env("ONRECORD_USER", "reporter");
        command
    }

    /// Runs onrecord.
    pub fn run(&self, args: &[&str]) -> Run {
        run(self.command(env!("CARGO_BIN_EXE_onrecord")).args(args))
    }

    /// Runs onrecord and presses Ctrl-C once it minds that and `at_work` says so; how it ended, if
    /// not by the signal itself.
    pub fn interrupt(&self, args: &[&str], at_work: impl Fn() -> bool) -> Option<i32> {
        let mut command = self.command(env!("CARGO_BIN_EXE_onrecord"));
        let mut child = command.args(args).stderr(Stdio::null()).spawn().unwrap();
        let state = format!("/proc/{}/status", child.id());
        let end = Instant::now() + Duration::from_secs(60);
        while child.try_wait().unwrap().is_none() && !(minds_ctrl_c(&state) && at_work()) {
            assert!(Instant::now() < end, "it never got to work: {args:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = run(self.command("kill").args(["-INT", &child.id().to_string()]));
        child.wait().unwrap().code()
    }

    /// Imports a document written here and now.
    pub fn import(&self, toml: &str) -> Run {
        self.write("document.toml", toml);
        self.run(&["import", "document.toml"])
    }

    /// The single value that a query gives.
    pub fn ask(&self, sql: &str) -> String {
        let out = self.run(&["sql", sql, "--format", "csv"]).done();
        out.lines().nth(1).unwrap_or_default().to_owned()
    }

    /// A connection as another tool has it: foreign keys off.
    pub fn other_tool(&self) -> rusqlite::Connection {
        let conn = rusqlite::Connection::open(self.path("onrecord.db")).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        conn
    }
}

/// Whether a process with this state catches Ctrl-C (signal 2). Where there is no such file, a second
/// has to do.
fn minds_ctrl_c(state: &str) -> bool {
    let Ok(text) = std::fs::read_to_string(state) else {
        std::thread::sleep(Duration::from_secs(1));
        return true;
    };
    let caught = text.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or("0");
    u64::from_str_radix(caught.trim(), 16).unwrap() & 0b10 != 0
}

pub fn run(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Run {
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
        code: status.code().unwrap_or(-1),
    }
}

/// Whether a tool that not everyone has can be tried.
pub fn has(sandbox: &Sandbox, program: &str, args: &[&str]) -> bool {
    let there = sandbox.command(program).args(args).output().is_ok_and(|out| out.status.success());
    assert!(there || std::env::var_os("ONRECORD_ALL_TOOLS").is_none(), "{program} is not there");
    if !there {
        eprintln!("left out: {program} is not there");
    }
    there
}

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares with a golden file; `BLESS=1` writes it anew.
#[track_caller]
pub fn golden(name: &str, found: &str) {
    let path = root().join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(wanted == found, "{name} differs (BLESS=1 writes it anew); found:\n{found}");
}

/// Files below a folder of the project with this ending, sorted.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    found.sort();
    found
}
