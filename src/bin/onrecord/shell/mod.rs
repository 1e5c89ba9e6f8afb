//! The shell of `onrecord sql`: statements over as many lines as they need, results, and commands that
//! begin with a dot. It reads and cannot write; a mistake is said, and the shell goes on.

mod dots;
mod editor;
mod pager;
mod statement;

use crate::exit::Exit;
use crate::{failure, terminal};
use editor::{Editor, Typed};
use onrecord::error::Result;
use onrecord::model::{CancelToken, Table};
use onrecord::ops::query::completion::SchemaNames;
use onrecord::ops::query::sql;
use onrecord::render::{self, Format, Style};
use statement::is_finished;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What holds from one line to the next.
struct Shell<'a> {
    file: &'a Path,
    format: Format,
    timeout: Option<f64>,
}

/// Whether to go on.
enum Next {
    GoOn,
    Leave,
}

/// Reads and answers until the person leaves.
pub fn run(file: &Path, format: Format, timeout: Option<f64>) -> Result<Exit> {
    let names = SchemaNames::read(file, terminal::cancel(None))?;
    let mut editor = Editor::new(names)?;
    let mut shell = Shell { file, format, timeout };
    terminal::say(&format!(
        "{}: a statement ends with ; and only reads. .help for help, Ctrl-D to leave.",
        file.display()
    ));
    // What was typed of a statement so far.
    let mut text = String::new();
    loop {
        match editor.read(&text)? {
            Typed::End => return Ok(Exit::Done),
            Typed::Cleared => text.clear(),
            Typed::Line(line) if text.is_empty() && line.trim().is_empty() => {}
            Typed::Line(line) if text.is_empty() && line.trim_start().starts_with('.') => {
                editor.remember(line.trim());
                match shell.dot(line.trim()) {
                    Ok(Next::GoOn) => {}
                    Ok(Next::Leave) => return Ok(Exit::Done),
                    Err(error) => drop(failure::report(&error)),
                }
            }
            Typed::Line(line) => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&line);
                if is_finished(&text) {
                    editor.remember(&text);
                    if let Err(error) = shell.query(&text) {
                        failure::report(&error);
                    }
                    text.clear();
                }
            }
        }
    }
}

impl Shell<'_> {
    fn query(&self, text: &str) -> Result<()> {
        self.show("NULL", |cancel, sink| {
            sql::run_sql(self.file, text.to_owned(), Vec::new(), cancel, sink)
        })
    }

    /// Shows the rows that `answer` sends, and lets Ctrl-C stop it.
    fn show(
        &self,
        absent: &'static str,
        answer: impl FnOnce(CancelToken, &mut dyn onrecord::model::RowSink) -> Result<()>,
    ) -> Result<()> {
        terminal::forget_interrupt();
        let over = Arc::new(AtomicBool::new(false));
        let cancel = terminal::stop_or_ask(self.timeout, Arc::clone(&over));
        let shown = pager::paged(&over, |out| {
            let style = Style { absent, ..terminal::style() };
            answer(cancel, &mut *render::row_sink(self.format, style, out))
        });
        over.store(true, Ordering::Relaxed);
        terminal::forget_interrupt();
        shown
    }

    fn show_table(&self, make: impl FnOnce(CancelToken) -> Result<Table>) -> Result<()> {
        self.show(Style::default().absent, |cancel, sink| Ok(make(cancel)?.send(sink)?))
    }
}
