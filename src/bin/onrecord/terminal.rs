//! The environment of the program: clock, user, terminal and signals. The library gets them as
//! arguments.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use onrecord::error::{Error, Result};
use onrecord::model::{CancelToken, Progress};
use onrecord::ops::Context;
use onrecord::render::{Format, Style, show_control_chars};
use std::collections::BTreeSet;
use std::io::{self, BufWriter, IsTerminal, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// True while a pager runs, to which Ctrl-C belongs.
static LEFT_TO_PAGER: AtomicBool = AtomicBool::new(false);
/// The number of Ctrl-C so far.
static PRESSED: AtomicUsize = AtomicUsize::new(0);

/// The current time: the machine's clock, or `SOURCE_DATE_EPOCH` (seconds since 1970) for a run
/// that must produce the same bytes again (reproducible-builds.org).
pub fn now() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let seconds = fixed.unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(0)
    });
    let moment = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The current day (UTC).
pub fn today() -> String {
    now().chars().take(10).collect()
}

/// The clock, the user and Ctrl-C, for an operation of the library.
pub fn context() -> Context {
    let user = ["ONRECORD_USER", "USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.trim().is_empty()));
    Context { now: now(), editor: user, cancel: cancel_token(None) }
}

/// The variables of the environment by which libpq logs in to a server: `PG…`, `HOME`, and the name of the user.
pub fn login_variables() -> Vec<(String, String)> {
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    let all: Vec<(String, String)> = std::env::vars_os().filter_map(text).collect();
    let user = |name: &str| all.iter().find(|(known, _)| known == name).map(|(_, user)| user);
    let user = user("USER").or_else(|| user("LOGNAME")).cloned();
    let used = all.iter().filter(|(name, _)| name.starts_with("PG") || name == "HOME").cloned();
    used.chain(user.map(|user| ("USER".to_owned(), user))).collect()
}

/// The seconds after which SQL that did not come with the program is stopped, where --timeout says nothing.
const DEFAULT_TIMEOUT: f64 = 10.0;

/// The token for SQL that did not come with the program, as of [`cancel_or_exit`]: it may never end.
pub fn cancel_foreign(timeout: Option<f64>) -> CancelToken {
    match timeout {
        Some(_) => cancel_or_exit(timeout),
        None => exit_late(cancel_after(
            Some(DEFAULT_TIMEOUT),
            "it took longer than 10 seconds; --timeout SECONDS gives it more, --timeout 0 all that it takes",
        )),
    }
}

/// The reason to stop a command that answers by the views of another program, which may never end.
const OF_ANOTHER_FORMAT: &str = "it took longer than 10 seconds by the reports and views of another onrecord, whose format the archive names: \
    `onrecord check --repair` puts those of this onrecord into an older archive, and a newer archive needs the newer onrecord";

/// The seconds that all checks together have which did not come with the program.
const TIME_FOR_FOREIGN_CHECKS: f64 = 5.0;

/// The token for checks, as of [`cancel_or_exit`]: those that came with the program take the time that they take.
pub fn cancel_checks() -> CancelToken {
    cancel_or_exit(None).limiting_foreign(|| {
        exit_late(cancel_after(
            Some(TIME_FOR_FOREIGN_CHECKS),
            "checks that did not come with onrecord took longer than 5 seconds",
        ))
    })
}

/// A token that is cancelled by Ctrl-C, or after `timeout` seconds; 0 is no limit. Where `timeout` says nothing, an
/// archive of another format has the time of SQL that did not come with the program.
pub fn cancel_token(timeout: Option<f64>) -> CancelToken {
    let another = || cancel_after(Some(DEFAULT_TIMEOUT), OF_ANOTHER_FORMAT);
    let cancel = cancel_of_timeout(timeout);
    if timeout.is_some() { cancel } else { cancel.limiting_foreign(another) }
}

fn cancel_of_timeout(timeout: Option<f64>) -> CancelToken {
    cancel_after(timeout.filter(|seconds| *seconds > 0.0), "the time limit of --timeout is over")
}

fn cancel_after(timeout: Option<f64>, why: &'static str) -> CancelToken {
    // A second call fails because the handler is installed already.
    let _ = ctrlc::set_handler(|| {
        PRESSED.fetch_add(1, Ordering::Relaxed);
        INTERRUPTED.store(true, Ordering::Relaxed);
    });
    let limit =
        timeout.map(|seconds| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX));
    let begun = Instant::now();
    CancelToken::new(move || {
        if INTERRUPTED.load(Ordering::Relaxed) {
            Some("Ctrl-C")
        } else if limit.is_some_and(|limit| begun.elapsed() >= limit) {
            Some(why)
        } else {
            None
        }
    })
    .telling(print_once)
    .within(limit)
}

/// Prints a remark of the library, which may make it at each look at the archive.
fn print_once(what: &str) {
    static PRINTED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut printed = PRINTED.lock().unwrap_or_else(PoisonError::into_inner);
    if printed.insert(what.to_owned()) {
        print_status(what);
    }
}

/// Forgets a Ctrl-C that was meant for an editor, a pager or an earlier query.
pub fn clear_interrupt() {
    INTERRUPTED.store(false, Ordering::Relaxed);
}

/// A token as of [`cancel_token`]. If SQLite does not poll it for a second, as inside one long
/// function call, the program exits. Only for commands that write nothing.
pub fn cancel_or_exit(timeout: Option<f64>) -> CancelToken {
    let another = || exit_late(cancel_after(Some(DEFAULT_TIMEOUT), OF_ANOTHER_FORMAT));
    let cancel = exit_late(cancel_of_timeout(timeout));
    if timeout.is_some() { cancel } else { cancel.limiting_foreign(another) }
}

fn exit_late(cancel: CancelToken) -> CancelToken {
    // Whoever watches the token ends with it.
    let in_use = Arc::new(());
    let watched = Arc::downgrade(&in_use);
    let polled = cancel.clone();
    let limit = cancel.limit();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let Some(why) = polled.reason() else {
                match watched.strong_count() {
                    0 => return,
                    _ => continue,
                }
            };
            std::thread::sleep(Duration::from_secs(1));
            if watched.strong_count() == 0 {
                return;
            }
            if LEFT_TO_PAGER.load(Ordering::Relaxed) {
                continue;
            }
            print_status(&format!("error: stopped: {why}"));
            #[expect(clippy::exit, reason = "the other thread cannot be stopped in any other way")]
            std::process::exit(crate::exit::Exit::Failed as i32);
        }
    });
    CancelToken::new(move || {
        let _held = &in_use;
        cancel.reason()
    })
    .telling(print_once)
    .within(limit)
}

/// A token as of [`cancel_token`], for the shell. If SQLite does not poll it for a second, a
/// message offers that another Ctrl-C ends the program; `over` ends the watch.
pub fn cancel_or_ask(timeout: Option<f64>, over: Arc<AtomicBool>) -> CancelToken {
    let cancel = cancel_token(timeout);
    let watched = cancel.clone();
    std::thread::spawn(move || {
        let (mut ignored, mut pressed) = (0, 0);
        while !over.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(100));
            let is_left = LEFT_TO_PAGER.load(Ordering::Relaxed);
            ignored += i32::from(watched.reason().is_some() && !is_left);
            if ignored == 10 && !over.load(Ordering::Relaxed) {
                pressed = PRESSED.load(Ordering::Relaxed);
                print_status(
                    "SQLite is inside one long function call and cannot stop; Ctrl-C ends onrecord",
                );
            }
            if ignored > 10 && PRESSED.load(Ordering::Relaxed) > pressed {
                #[expect(clippy::exit, reason = "the query cannot be stopped in any other way")]
                std::process::exit(crate::exit::Exit::Failed as i32);
            }
        }
    });
    cancel
}

/// Leaves Ctrl-C to a pager, or takes it back.
pub fn leave_interrupts(to_pager: bool) {
    LEFT_TO_PAGER.store(to_pager, Ordering::Relaxed);
}

/// Returns true if standard output shows colours: it is a terminal, and `NO_COLOR` is not set
/// (no-color.org); `CLICOLOR_FORCE` asks for them in any case (bixense.com/clicolors).
fn shows_colors() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_forced =
        std::env::var("CLICOLOR_FORCE").is_ok_and(|value| value != "0" && !value.is_empty());
    let is_dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    !is_set("NO_COLOR") && (is_forced || (stdout().is_terminal() && !is_dumb))
}

/// The style of printed rows: as wide as the terminal, or `COLUMNS`; unwrapped into a pipe.
pub fn style() -> Style {
    let terminal = stdout().is_terminal();
    let asked = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let width = match (asked, terminal) {
        (Some(width), _) => Some(width),
        (None, true) => terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
        (None, false) => None,
    };
    Style { width: width.filter(|width| *width > 0), color: shows_colors(), ..Style::default() }
}

/// The style of reports: long numbers grouped and long texts cut to fit a terminal.
pub fn report_style() -> Style {
    Style { group_digits: true, max_lines: Some(3), ..style() }
}

/// Writes results to standard output. A terminal gets control characters as visible symbols,
/// whatever the command and the format; a file or a pipe gets the bytes unchanged.
pub fn output(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    if stdout().is_terminal() {
        let mut lines = Visible::new(&mut out, Colors::None);
        write(&mut lines)?;
        lines.send().map_err(Error::Output)?;
    } else {
        write(&mut out)?;
    }
    out.flush().map_err(Error::Output)
}

/// The sequences of colours that reach a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colors {
    /// None: what looks like one is part of a text.
    None,
    /// Those of a table, in whose texts control characters are visible already.
    OfTable,
}

impl Colors {
    /// Returns those of a format.
    pub fn of(format: Format) -> Self {
        if format == Format::Table { Colors::OfTable } else { Colors::None }
    }
}

/// A line-buffered writer that makes control characters visible.
pub struct Visible<'a> {
    out: &'a mut dyn Write,
    line: Vec<u8>,
    colors: Colors,
}

impl<'a> Visible<'a> {
    /// Creates a writer to `out`.
    pub fn new(out: &'a mut dyn Write, colors: Colors) -> Self {
        Visible { out, line: Vec::new(), colors }
    }

    /// Writes the buffered rest of a line.
    pub fn send(&mut self) -> io::Result<()> {
        let text = String::from_utf8_lossy(&self.line).into_owned();
        self.line.clear();
        let mut rest = text.as_str();
        while let (Colors::OfTable, Some((at, end))) = (self.colors, find_color(rest)) {
            self.out.write_all(show_control_chars(&rest[..at]).as_bytes())?;
            self.out.write_all(&rest.as_bytes()[at..end])?;
            rest = &rest[end..];
        }
        self.out.write_all(show_control_chars(rest).as_bytes())
    }
}

/// Finds the first sequence of a colour: ESC `[`, digits, `m`.
fn find_color(text: &str) -> Option<(usize, usize)> {
    let starts = text.match_indices("\u{1b}[");
    let ended = starts.filter_map(|(at, start)| {
        let rest = &text[at + start.len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        rest[digits..].starts_with('m').then_some((at, at + start.len() + digits + 1))
    });
    ended.into_iter().next()
}

impl Write for Visible<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.send()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A progress bar on standard error for long work: share done, speed, time left. It is hidden when
/// standard error is not a terminal and during the first half second.
pub struct Bar(ProgressBar);

impl Bar {
    /// Creates a bar that counts bytes.
    pub fn of_bytes(doing: &'static str) -> Self {
        let template = "{msg} {wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
        Self::with(doing, template)
    }

    /// Creates a bar that counts `units`, such as pages.
    pub fn of_units(doing: &'static str, units: &str) -> Self {
        Self::with(doing, &format!("{{msg}} {{wide_bar}} {{pos}} of {{len}} {units}, {{eta}} left"))
    }

    fn with(doing: &'static str, template: &str) -> Self {
        let bar = ProgressBar::hidden().with_message(doing);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Bar(bar)
    }

    /// The callback that moves the bar.
    pub fn progress(&self) -> Progress {
        let bar = self.0.clone();
        let begun = Instant::now();
        let shown = AtomicBool::new(false);
        Progress::new(move |done, all| {
            if !shown.load(Ordering::Relaxed) && begun.elapsed() > Duration::from_millis(500) {
                shown.store(true, Ordering::Relaxed);
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.set_length(all);
            bar.set_position(done);
        })
    }

    /// Removes the bar.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

/// Asks a question on standard error and reads a line; `None` for an empty one, or at the end of the
/// input.
pub fn ask(question: &str) -> Result<Option<String>> {
    let _ = write!(stderr(), "{}", show_control_chars(question));
    let _ = stderr().flush();
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(Error::Output)?;
    Ok(Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()))
}

/// Prints several lines to standard error.
pub fn print_status_lines(text: &str) {
    text.lines().for_each(print_status);
}

/// Prints a message to standard error.
pub fn print_status(text: &str) {
    // A closed standard error loses no results.
    let _ = writeln!(stderr(), "{}", show_control_chars(text));
}
