//! Edits a draft in the user's own editor, as git does: open it, read it, list its problems on top,
//! open it again. What the user wrote is never lost: when it is not added, the file is kept and its path
//! reported. A draft in which nothing was written is removed.

use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::ops::Tally;
use onrecord::ops::edit::draft;
use std::io::IsTerminal;
use std::path::Path;
use std::process::Command;

/// Reopens a draft until its records are added or the user gives up.
pub fn edit_draft(options: &draft::Options<'_>) -> Result<Vec<Tally>> {
    let editor = editor()?;
    let context = terminal::context();
    let template = draft::template(options, &context)?;
    let mut shown = template.clone();
    let folder = tempfile::Builder::new()
        .prefix("onrecord-")
        .tempdir()
        .map_err(|error| Error::file("create a draft in", &std::env::temp_dir(), &error))?;
    let path = folder.path().join(format!("{}.toml", options.kind.word));
    write(&path, &shown)?;
    let mut before: Option<String> = None;
    let outcome = loop {
        if let Err(why) = open(&editor, &path) {
            break Err(given_up(&why));
        }
        let text = match std::fs::read(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => text,
                // Listing the problem on top would change the bytes.
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    let bytes = error.as_bytes();
                    let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                    break Err(given_up(&format!(
                        "the byte 0x{:02x} in line {line} of the draft is not UTF-8; save it as UTF-8",
                        bytes[at]
                    )));
                }
            },
            Err(error) => break Err(Error::file("read", &path, &error)),
        };
        if text == shown {
            break Err(given_up("the draft was left as it was"));
        }
        // A script in place of an editor would write the same text for ever.
        if before.as_ref() == Some(&text) {
            break Err(given_up("the draft came back with the same problems"));
        }
        if draft::is_empty(&text) {
            break Err(given_up("the draft was emptied"));
        }
        match draft::take(options, &text, &terminal::context()) {
            Ok(tallies) if tallies.is_empty() => {
                break Err(given_up("there is no record in the draft"));
            }
            Ok(tallies) => break Ok(tallies),
            Err(Error::Problems { problems, .. }) => {
                before = Some(text.clone());
                shown = draft::annotated(&text, &problems);
                write(&path, &shown)?;
            }
            Err(other) => break Err(other),
        }
    };
    outcome.map_err(|error| {
        if !holds_words(&path, &template) {
            return error;
        }
        // `keep` stops the folder from being removed.
        let kept = folder.keep().join(path.file_name().unwrap_or_default());
        let (archive, kept) = (quote(options.archive), quote(&kept));
        let hint = format!(
            "the draft is kept: {kept}; fix it and add it by `onrecord --file {archive} import {kept}`"
        );
        match error {
            Error::Refused { what, .. } => Error::Refused { what, hint },
            other => {
                terminal::print_status(&hint);
                other
            }
        }
    })
}

/// Returns true if a draft holds what the user wrote. What cannot be read may.
fn holds_words(path: &Path, form: &str) -> bool {
    match std::fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => draft::holds_words(&text, form),
        Ok(Err(_)) => true,
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    }
}

/// A path as it is typed in a shell.
fn quote(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

fn given_up(why: &str) -> Error {
    Error::Refused { what: format!("nothing was added: {why}"), hint: String::new() }
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).map_err(|error| Error::file("write", path, &error))
}

/// The user's editor: VISUAL, else EDITOR, else vi on a terminal.
fn editor() -> Result<String> {
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok());
    match named.filter(|editor| !editor.trim().is_empty()) {
        Some(editor) => Ok(editor),
        None if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() => {
            Ok("vi".to_owned())
        }
        None => Err(Error::Refused {
            what: "cannot open an editor: this is not a terminal, and EDITOR names none".to_owned(),
            hint:
                "set EDITOR (with its arguments, such as `code --wait`), or write a document and \
                   `onrecord import` it"
                    .to_owned(),
        }),
    }
}

/// Runs the editor until it exits. Ctrl-C belongs to the editor meanwhile.
fn open(editor: &str, path: &Path) -> std::result::Result<(), String> {
    let mut command = if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or(editor));
        command.args(words);
        command
    } else {
        // As git does: EDITOR may contain arguments.
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{editor} \"$@\""), editor]);
        command
    };
    // Installs the handler that keeps Ctrl-C from ending this program.
    let _token = terminal::cancel_token(None);
    let status = command.arg(path).status();
    terminal::clear_interrupt();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if matches!(status.code(), Some(126 | 127)) => {
            Err(format!("the editor {editor:?} cannot be run"))
        }
        Ok(status) => Err(format!("the editor ended with {status}")),
        Err(error) => Err(format!("the editor {editor:?} cannot be run: {error}")),
    }
}
