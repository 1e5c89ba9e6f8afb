//! Output that is longer than the terminal is handed to the user's pager.

use crate::terminal;
use crate::terminal::Visible;
use onrecord::error::{Error, Result};
use std::io::{self, Write, stdout};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

/// Shows what `write` writes, its control characters made visible. `over` is set when a pager comes
/// up: from then on it is the one that Ctrl-C is meant for.
pub fn paged(over: &AtomicBool, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut page = Page::new(over);
    let mut lines = Visible::new(&mut page);
    let written = write(&mut lines);
    // What came before a failure is shown too, and the pager is waited for before more is said.
    let sent = lines.send();
    let ended = page.end();
    written.and(sent.and(ended).map_err(Error::Output))
}

/// Holds output back until it is known whether it fits.
struct Page<'a> {
    held: Vec<u8>,
    /// Lines of the terminal that what is held takes.
    lines: usize,
    /// Lines and columns of the terminal; `None` when not known, and then everything fits.
    room: Option<(usize, usize)>,
    to: To,
    over: &'a AtomicBool,
}

enum To {
    /// Not known yet.
    Held,
    Terminal,
    Pager(Child),
}

impl<'a> Page<'a> {
    fn new(over: &'a AtomicBool) -> Self {
        let room = terminal_size::terminal_size()
            .map(|(width, height)| (usize::from(height.0), usize::from(width.0)))
            .filter(|(height, width)| *height > 2 && *width > 0);
        let to = if room.is_some() { To::Held } else { To::Terminal };
        Page { held: Vec::new(), lines: 0, room, to, over }
    }

    /// Lets go of what is held: to a pager if there is one.
    fn release(&mut self, long: bool) -> io::Result<()> {
        let pager = if long { pager() } else { None };
        self.to = pager.map_or(To::Terminal, To::Pager);
        if let To::Pager(_) = self.to {
            self.over.store(true, Ordering::Relaxed);
        }
        let held = std::mem::take(&mut self.held);
        self.write_all(&held)
    }

    fn end(mut self) -> io::Result<()> {
        if let To::Held = self.to {
            self.release(false)?;
        }
        match &mut self.to {
            To::Pager(child) => {
                drop(child.stdin.take());
                // It may have been left before the end; but one that failed may have shown nothing.
                if child.wait().is_ok_and(|how| !how.success()) {
                    terminal::say(
                        "the pager failed, and some of the result may be missing: set PAGER to another, or to nothing",
                    );
                }
                Ok(())
            }
            _ => stdout().flush(),
        }
    }
}

impl Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match (&mut self.to, self.room) {
            (To::Held, Some((height, width))) => {
                self.held.extend_from_slice(bytes);
                let text = String::from_utf8_lossy(bytes);
                self.lines +=
                    text.lines().map(|line| 1 + line.chars().count() / (width + 1)).sum::<usize>();
                // The last line is for the prompt.
                if self.lines >= height {
                    self.release(true)?;
                }
            }
            (To::Pager(child), _) => match &mut child.stdin {
                Some(stdin) => stdin.write_all(bytes)?,
                None => return Err(io::ErrorKind::BrokenPipe.into()),
            },
            (To::Held | To::Terminal, _) => stdout().write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Starts the user's pager: `$PAGER` as the shell reads it, or less; none where `$PAGER` is empty.
fn pager() -> Option<Child> {
    let mut command = match std::env::var("PAGER") {
        Ok(asked) if asked.trim().is_empty() => return None,
        Ok(asked) => {
            let mut command = Command::new("sh");
            command.args(["-c", &asked]);
            command
        }
        Err(_) => {
            let mut command = Command::new("less");
            command.arg("-FRX");
            command
        }
    };
    command.stdin(Stdio::piped()).spawn().ok()
}
