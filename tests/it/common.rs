//! The sandbox of tests that run the program: a folder of its own, an empty environment and a fixed
//! clock.

use onrecord::model::CancelToken;
use onrecord::ops::Context;
use onrecord::ops::archive::init::{NewNames, init};
use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The time of every run: 2021-07-02T12:00:00Z.
pub const NOW: &str = "1625227200";

/// A folder that is removed with the test.
pub struct Sandbox {
    folder: TempDir,
}

/// The output and exit code of a run.
#[must_use = "look at its output or exit code"]
#[derive(Debug)]
pub struct Run {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Run {
    /// The standard output of a run that must succeed.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// The standard error of a run that must fail.
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
        static ARCHIVE: OnceLock<Vec<u8>> = OnceLock::new();
        Self::with_copy(&ARCHIVE, &["seed"])
    }

    /// A folder with an archive of both seeds in it.
    pub fn with_both_seeds() -> Self {
        static ARCHIVE: OnceLock<Vec<u8>> = OnceLock::new();
        Self::with_copy(&ARCHIVE, &["seed", "--with", "other-coverage"])
    }

    /// A folder with an empty archive in it.
    pub fn empty() -> Self {
        static ARCHIVE: OnceLock<Vec<u8>> = OnceLock::new();
        Self::with_copy(&ARCHIVE, &["init"])
    }

    /// A folder with a copy of the archive that a command makes. The command runs once; all copies
    /// share the lineage of its archive, so a test of archives that were made apart makes them
    /// itself.
    fn with_copy(archive: &OnceLock<Vec<u8>>, args: &[&str]) -> Self {
        let sandbox = Self::new();
        let bytes = archive.get_or_init(|| {
            let first = Self::new();
            let _ = first.run(args).done();
            std::fs::read(first.path("onrecord.db")).unwrap()
        });
        sandbox.write("onrecord.db", bytes);
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

    /// Runs onrecord and sends Ctrl-C as soon as it handles the signal and `at_work` returns
    /// `true`. Returns the exit code, `None` when the signal itself ended the program. A program
    /// that ends before the signal fails the test: nothing was interrupted.
    pub fn interrupt(&self, args: &[&str], at_work: impl Fn() -> bool) -> Option<i32> {
        let mut command = self.command(env!("CARGO_BIN_EXE_onrecord"));
        let mut child =
            command.args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let state = format!("/proc/{}/status", child.id());
        let end = Instant::now() + Duration::from_secs(60);
        while !(handles_ctrl_c(&state) && at_work()) {
            let ended = child.try_wait().unwrap();
            assert!(ended.is_none(), "it ended uninterrupted, {}: {args:?}", ended.unwrap());
            assert!(Instant::now() < end, "it never got to work: {args:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
        // The process keeps its id until it is waited for, so `kill` reaches no other one.
        let sent = run(self.command("kill").args(["-INT", &child.id().to_string()]));
        assert_eq!(sent.code, 0, "{}", sent.err);
        child.wait().unwrap().code()
    }

    /// Asserts that `check` finds nothing, but for verdicts on claims that a test changed on purpose.
    #[track_caller]
    pub fn check_all_but_stale(&self) {
        let check = self.run(&["check", "--format", "csv"]);
        let mut found = check.out.lines().skip(1);
        let stale = |line: &str| line.starts_with("stale-verdicts,");
        assert!(check.code < 2 && found.all(stale), "{}{}", check.out, check.err);
    }

    /// Imports this document.
    pub fn import(&self, toml: &str) -> Run {
        self.write("document.toml", toml);
        self.run(&["import", "document.toml"])
    }

    /// The single value that a query returns.
    pub fn ask(&self, sql: &str) -> String {
        let out = self.run(&["sql", sql, "--format", "csv", "--raw"]).done();
        out.lines().nth(1).unwrap_or_default().to_owned()
    }

    /// A connection as another tool opens it: foreign keys off.
    pub fn other_tool(&self) -> rusqlite::Connection {
        let conn = rusqlite::Connection::open(self.path("onrecord.db")).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        conn
    }
}

/// Returns `true` if a process with this state file handles Ctrl-C (signal 2). On systems without
/// such files it waits a second instead.
fn handles_ctrl_c(state: &str) -> bool {
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

/// Returns `true` if a program runs, and ends well, with these arguments.
pub fn is_there(sandbox: &Sandbox, program: &str, args: &[&str]) -> bool {
    sandbox.command(program).args(args).output().is_ok_and(|out| out.status.success())
}

/// Returns `true` if an optional tool can be run. With ONRECORD_ALL_TOOLS a missing tool fails the
/// test.
pub fn has(sandbox: &Sandbox, program: &str, args: &[&str]) -> bool {
    required(
        is_there(sandbox, program, args),
        &format!("`{program} {}` does not run", args.join(" ")),
    )
}

/// Returns `true` if util-linux's `script` can give programs a terminal.
pub fn has_terminal(sandbox: &Sandbox) -> bool {
    has(sandbox, "script", &["-qec", "stty -a", "/dev/null"])
}

/// Returns `there`. With ONRECORD_ALL_TOOLS it has to be `true`.
#[track_caller]
pub fn required(possible: bool, why_not: &str) -> bool {
    assert!(possible || std::env::var_os("ONRECORD_ALL_TOOLS").is_none(), "{why_not}");
    if !possible {
        eprintln!("left out: {why_not}");
    }
    possible
}

/// A command before another that takes away root's right to write anywhere; empty for other users.
/// `None` if that right cannot be taken away here.
pub fn without_privileges(sandbox: &Sandbox) -> Option<Vec<&'static str>> {
    use std::os::unix::fs::PermissionsExt;
    let folder = sandbox.path("probe");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    let prefixes: [&[&str]; 4] = [
        &[],
        &["setpriv", "--bounding-set=-all", "--inh-caps=-all"],
        &["capsh", "--drop=all", "--", "-c", "exec \"$@\"", "sh"],
        &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
    ];
    let succeeds = |prefix: &[&str], args: &[&str]| {
        let all: Vec<&str> = prefix.iter().chain(args).copied().collect();
        sandbox.command(all[0]).args(&all[1..]).output().is_ok_and(|out| out.status.success())
    };
    let found = prefixes.into_iter().find(|prefix| {
        succeeds(prefix, &["onrecord", "--version"])
            && succeeds(prefix, &["ls", "probe"])
            && !succeeds(prefix, &["touch", "probe/file"])
    });
    std::fs::remove_dir_all(&folder).unwrap();
    found.map(<[&str]>::to_vec)
}

/// Settings for `cases` random cases, the same each time; with `ONRECORD_CASES` for as many others.
pub fn random_cases(cases: u32) -> ProptestConfig {
    let asked = std::env::var("ONRECORD_CASES").ok().and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(cases),
        rng_seed: if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_210_628) },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The variable that tells a process which half of the random cases it runs.
const HALF: &str = "ONRECORD_HALF";

/// Runs random cases as of [`random_cases`] in two processes: each takes half of them, with a seed of its
/// own. SQLite counts the memory of a whole process under one lock, for which threads wait longer than they
/// work. `test` is the name of the test that calls this, which each process runs alone.
pub fn run_random_cases(test: &str, cases: u32, run: impl Fn(ProptestConfig)) {
    if let Some(half) = std::env::var(HALF).ok().and_then(|half| half.parse::<u64>().ok()) {
        let mut config = random_cases(cases);
        config.cases = config.cases.div_ceil(2);
        if let RngSeed::Fixed(seed) = config.rng_seed {
            config.rng_seed = RngSeed::Fixed(seed + half);
        }
        run(config);
        return;
    }
    let start = |half: u64| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([test, "--exact", "--nocapture", "--test-threads=1"]);
        let command = command.env(HALF, half.to_string()).stdin(Stdio::null());
        (half, command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    };
    for (half, process) in [start(0), start(1)] {
        let Output { status, stdout, stderr } = process.wait_with_output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        // A name that no test has would run nothing.
        let ran = out.contains("test result: ok. 1 passed");
        assert!(status.success() && ran, "half {half} of {test}:\n{out}{err}");
    }
}

/// What the library knows of a run that it is called for: the time of every run, and nobody's name.
pub fn context() -> Context {
    Context { now: "2021-07-02T12:00:00Z".to_owned(), editor: None, cancel: CancelToken::never() }
}

/// Writes an empty archive to a file, as `init` does; made once, as tests of random archives need
/// thousands.
pub fn write_empty_archive(path: &Path) {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        init(&path, NewNames::default(), &context()).unwrap();
        std::fs::read(path).unwrap()
    });
    std::fs::write(path, bytes).unwrap();
}

/// A statement with these numbers in place of its parameters, for a tool that takes text.
pub fn fill(sql: &str, numbers: &[(&str, i64)]) -> String {
    numbers.iter().fold(sql.to_owned(), |sql, (name, n)| sql.replace(name, &n.to_string()))
}

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares with a golden file; `BLESS=1` rewrites it.
#[track_caller]
pub fn golden(name: &str, found: &str) {
    let path = root().join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(wanted == found, "{name} differs (BLESS=1 writes it anew); found:\n{found}");
}

/// The files below a folder of the project whose names end so, sorted.
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
