//! What the surroundings say: clock, user, terminal, signals. The library is told; it never asks.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use onrecord::error::{Error, Result};
use onrecord::model::{CancelToken, Progress};
use onrecord::ops::Context;
use onrecord::render::Style;
use std::io::{self, BufWriter, IsTerminal, Write, stderr, stdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static PRESSED: AtomicUsize = AtomicUsize::new(0);

/// The moment: the machine's clock, or `SOURCE_DATE_EPOCH` (seconds since 1970) where a run has to
/// give the same bytes again (reproducible-builds.org).
pub fn now() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let seconds = fixed.unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(0)
    });
    let moment = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The day (UTC).
pub fn today() -> String {
    now().chars().take(10).collect()
}

/// Clock, user and Ctrl-C for a deed.
pub fn context() -> Context {
    let user = ["ONRECORD_USER", "USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.trim().is_empty()));
    Context { now: now(), editor: user, cancel: cancel(None) }
}

/// Stops at Ctrl-C, and after a time if one is given.
pub fn cancel(timeout: Option<f64>) -> CancelToken {
    // A second call finds the handler in place, which is just as well.
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
            Some("the time limit of --timeout is over")
        } else {
            None
        }
    })
}

/// Forgets a Ctrl-C that was meant for an editor.
pub fn forget_interrupt() {
    INTERRUPTED.store(false, Ordering::Relaxed);
}

/// Stops as [`stop`] does, and ends the program when that is not heard: inside one long function
/// SQLite asks nobody. Only for commands that write nothing.
pub fn stop_or_end(timeout: Option<f64>) -> CancelToken {
    let cancel = cancel(timeout);
    let watched = cancel.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let Some(why) = watched.reason() else { continue };
            std::thread::sleep(Duration::from_secs(1));
            say(&format!("error: stopped: {why}"));
            #[expect(clippy::exit, reason = "the other thread cannot be stopped in any other way")]
            std::process::exit(crate::exit::Exit::Failed as i32);
        }
    });
    cancel
}

/// Stops as [`stop`] does. Where that is not heard, it is said that another Ctrl-C ends the program,
/// until `over` is set. For a shell, which goes on after a query was stopped.
pub fn stop_or_ask(timeout: Option<f64>, over: Arc<AtomicBool>) -> CancelToken {
    let cancel = cancel(timeout);
    let watched = cancel.clone();
    std::thread::spawn(move || {
        let (mut deaf, mut pressed) = (0, 0);
        while !over.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(100));
            deaf += i32::from(watched.reason().is_some());
            if deaf == 10 && !over.load(Ordering::Relaxed) {
                pressed = PRESSED.load(Ordering::Relaxed);
                say("SQLite is inside one long function and does not hear; Ctrl-C ends onrecord");
            }
            if deaf > 10 && PRESSED.load(Ordering::Relaxed) > pressed {
                #[expect(clippy::exit, reason = "the query cannot be stopped in any other way")]
                std::process::exit(crate::exit::Exit::Failed as i32);
            }
        }
    });
    cancel
}

/// How rows are shown here: as wide as the terminal, or `COLUMNS`; unwrapped into a pipe.
pub fn style() -> Style {
    let terminal = stdout().is_terminal();
    let asked = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let width = match (asked, terminal) {
        (Some(width), _) => Some(width),
        (None, true) => terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
        (None, false) => None,
    };
    Style { width: width.filter(|width| *width > 0), ..Style::default() }
}

/// Writes results to standard output. Whatever the command and the format, a terminal gets no
/// control characters: they are shown as symbols. Into a file or a pipe the bytes go as they are.
pub fn output(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    if stdout().is_terminal() {
        let mut lines = Visible::new(&mut out);
        write(&mut lines)?;
        lines.send().map_err(Error::Output)?;
    } else {
        write(&mut out)?;
    }
    out.flush().map_err(Error::Output)
}

/// Passes text on a line at a time, its control characters made visible.
pub struct Visible<'a> {
    out: &'a mut dyn Write,
    line: Vec<u8>,
}

impl<'a> Visible<'a> {
    /// One that passes on to `out`.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Visible { out, line: Vec::new() }
    }

    /// Passes on what is left of a line.
    pub fn send(&mut self) -> io::Result<()> {
        let text = String::from_utf8_lossy(&self.line).into_owned();
        self.line.clear();
        self.out.write_all(onrecord::render::show_control_chars(&text).as_bytes())
    }
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

/// A bar on the terminal while something long is read: how far, how fast, how long yet. Nothing is
/// shown where standard error is no terminal, nor for what takes less than a moment.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar that says what is being done, in bytes.
    pub fn new(doing: &'static str) -> Self {
        let template = "{msg} {wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
        Self::with(doing, template)
    }

    /// The same for things that are counted.
    pub fn counting(doing: &'static str, things: &str) -> Self {
        Self::with(
            doing,
            &format!("{{msg}} {{wide_bar}} {{pos}} of {{len}} {things}, {{eta}} left"),
        )
    }

    fn with(doing: &'static str, template: &str) -> Self {
        let bar = ProgressBar::hidden().with_message(doing);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Bar(bar)
    }

    /// What tells the bar how far the work has come.
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

    /// Takes the bar away.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

/// Says several lines to the person, on standard error.
pub fn say_lines(text: &str) {
    text.lines().for_each(say);
}

/// Says something to the person, on standard error.
pub fn say(text: &str) {
    // When nobody listens, nothing is lost: results go elsewhere.
    let _ = writeln!(stderr(), "{}", onrecord::render::show_control_chars(text));
}
