//! Sends output that is longer than the terminal to the user's pager.

use crate::terminal;
use crate::terminal::{Colors, Visible};
use onrecord::error::{Error, Result};
use std::io::{self, Write, stdout};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

/// True if `--no-pager` was given.
static UNWANTED: AtomicBool = AtomicBool::new(false);

/// Lets long output run through the terminal.
pub fn leave_out() {
    UNWANTED.store(true, Ordering::Relaxed);
}

/// Shows the output of `write`, its control characters made visible. While a pager runs, Ctrl-C belongs
/// to it.
pub fn paged(colors: Colors, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut page = Page::new();
    let mut lines = Visible::new(&mut page, colors);
    let written = write(&mut lines);
    // Rows before a failure are shown too; the pager ends before the error is printed.
    let sent = lines.send();
    let ended = page.end();
    written.and(sent.and(ended).map_err(Error::Output))
}

/// Buffers output until it fills the terminal or ends.
struct Page {
    buffer: Vec<u8>,
    /// The number of terminal lines that the buffer takes.
    lines: usize,
    /// Lines and columns of the terminal; `None` when unknown, and then everything fits.
    room: Option<(usize, usize)>,
    to: To,
}

enum To {
    /// Undecided: the output is buffered.
    Buffer,
    Terminal,
    Pager(Child),
}

impl Page {
    fn new() -> Self {
        let room = terminal_size::terminal_size()
            .map(|(width, height)| (usize::from(height.0), usize::from(width.0)))
            .filter(|(height, width)| *height > 2 && *width > 0);
        let to = if room.is_some() { To::Buffer } else { To::Terminal };
        Page { buffer: Vec::new(), lines: 0, room, to }
    }

    /// Sends the buffer to a pager, if `long` and there is one, or to the terminal.
    fn release(&mut self, long: bool) -> io::Result<()> {
        let pager = if long && !UNWANTED.load(Ordering::Relaxed) { pager() } else { None };
        self.to = pager.map_or(To::Terminal, To::Pager);
        if let To::Pager(_) = self.to {
            terminal::leave_interrupts(true);
        }
        let buffer = std::mem::take(&mut self.buffer);
        self.write_all(&buffer)
    }

    fn end(mut self) -> io::Result<()> {
        if let To::Buffer = self.to {
            self.release(false)?;
        }
        match &mut self.to {
            To::Pager(child) => {
                drop(child.stdin.take());
                let ended = child.wait();
                terminal::leave_interrupts(false);
                // A pager may be left before the end; one that failed may have shown nothing.
                if ended.is_ok_and(|how| !how.success()) {
                    terminal::print_status(
                        "the pager failed, and some of the result may be missing: set PAGER to another, or to nothing",
                    );
                }
                Ok(())
            }
            _ => stdout().flush(),
        }
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match (&mut self.to, self.room) {
            (To::Buffer, Some((height, width))) => {
                self.buffer.extend_from_slice(bytes);
                let text = String::from_utf8_lossy(bytes);
                self.lines +=
                    text.lines().map(|line| 1 + line.chars().count() / (width + 1)).sum::<usize>();
                // The prompt needs the last line.
                if self.lines >= height {
                    self.release(true)?;
                }
            }
            (To::Pager(child), _) => match &mut child.stdin {
                Some(stdin) => stdin.write_all(bytes)?,
                None => return Err(io::ErrorKind::BrokenPipe.into()),
            },
            (To::Buffer | To::Terminal, _) => stdout().write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Starts the user's pager: `$ONRECORD_PAGER` or `$PAGER` through the shell, else less, which leaves when all is
/// on one screen and lets a wide line be scrolled; none if the variable is empty.
fn pager() -> Option<Child> {
    let asked = std::env::var("ONRECORD_PAGER").or_else(|_| std::env::var("PAGER"));
    let mut command = match asked {
        Ok(asked) if asked.trim().is_empty() => return None,
        Ok(asked) => {
            let mut command = Command::new("sh");
            command.args(["-c", &asked]);
            command
        }
        Err(_) => {
            let mut command = Command::new("less");
            command.arg("-FRSX");
            command
        }
    };
    command.stdin(Stdio::piped()).spawn().ok()
}
