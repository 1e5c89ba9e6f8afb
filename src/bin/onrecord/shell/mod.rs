//! The interactive shell of `onrecord sql`: multi-line statements, their results, and commands that
//! begin with a dot. It is read-only, and an error never ends it.

mod dot_commands;
mod editor;
mod session;
mod statement;

use crate::exit::Exit;
use crate::{failure, terminal};
use dot_commands::Next;
use editor::{Editor, Typed};
use onrecord::error::Result;
use onrecord::ops::query::completion::SchemaNames;
use onrecord::render::Format;
use session::Session;
use statement::is_finished;
use std::path::Path;

/// Runs the shell until the user leaves.
pub fn run(file: &Path, format: Format, timeout: Option<f64>) -> Result<Exit> {
    let names = SchemaNames::read(file, terminal::cancel_token(None))?;
    let mut editor = Editor::new(names)?;
    let mut session = Session { file, format, timeout, wide: false, timing: true };
    terminal::print_status(&format!(
        "{}: a statement ends with ; and only reads. .help for help, Ctrl-D to leave.",
        file.display()
    ));
    // The lines typed of the current statement.
    let mut text = String::new();
    loop {
        match editor.read(&text)? {
            Typed::End => return Ok(Exit::Done),
            Typed::Cleared => text.clear(),
            Typed::Line(line) if text.is_empty() && line.trim().is_empty() => {}
            Typed::Line(line) if text.is_empty() && is_command(&line) => {
                editor.remember(line.trim());
                match dot_commands::run(&mut session, line.trim()) {
                    Ok(Next::Continue) => {}
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
                    if let Err(error) = session.query(&text) {
                        failure::report(&error);
                    }
                    text.clear();
                }
            }
        }
    }
}

/// Returns true for a line that begins with a dot, and for what other shells take for help or an end.
fn is_command(line: &str) -> bool {
    line.trim_start().starts_with('.') || dot_commands::without_dot(line).is_some()
}
