//! The one place that prints an error and chooses the exit code.

use crate::exit::Exit;
use onrecord::error::Error;
use onrecord::model::Problem;
use onrecord::render::show_control_chars;
use std::io::{ErrorKind, IsTerminal, Write, stderr};

/// The number of problems listed; the rest are only counted.
const MAX_LISTED: usize = 100;

/// Lists problems, a line each, then the number of those left out of the list.
pub fn list_problems(problems: &[Problem], more: usize) -> String {
    let mut text = String::new();
    for problem in problems.iter().take(MAX_LISTED) {
        text.push_str(&format!("{}\n", show_control_chars(&problem.to_string())));
    }
    let rest = problems.len().saturating_sub(MAX_LISTED) + more;
    if rest > 0 {
        text.push_str(&format!("… and {rest} more\n"));
    }
    text
}

/// Prints an error and its hint. A broken pipe is not an error: the program ends quietly.
pub fn report(error: &Error) -> Exit {
    if let Error::Output(io) = error
        && io.kind() == ErrorKind::BrokenPipe
    {
        return Exit::Done;
    }
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let paint = |code: &str, word: &str| match colour {
        true => format!("\u{1b}[{code}m{word}\u{1b}[0m"),
        false => word.to_owned(),
    };
    let mut text = String::new();
    if let Error::Problems { problems, more } | Error::Conflicts { conflicts: problems, more } =
        error
    {
        text.push_str(&list_problems(problems, *more));
    }
    text.push_str(&format!(
        "{} {}\n",
        paint("1;31", "error:"),
        show_control_chars(&error.to_string())
    ));
    if let Some(hint) = error.hint() {
        text.push_str(&format!("{} {}\n", paint("1;36", "hint:"), show_control_chars(&hint)));
    }
    // Nothing can be done when standard error is closed too.
    let _ = stderr().write_all(text.as_bytes());
    Exit::Failed
}
