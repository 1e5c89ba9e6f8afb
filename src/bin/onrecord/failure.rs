//! The one place that prints a failure and says how the program ends.

use crate::exit::Exit;
use onrecord::error::Error;
use onrecord::model::Problem;
use onrecord::render::show_control_chars;
use std::io::{ErrorKind, IsTerminal, Write, stderr};

/// Problems shown at once; the rest are counted.
const SHOWN: usize = 100;

/// Problems, a line each; of very many the first, and how many more.
pub fn listed(problems: &[Problem], more: usize) -> String {
    let mut text = String::new();
    for problem in problems.iter().take(SHOWN) {
        text.push_str(&format!("{}\n", show_control_chars(&problem.to_string())));
    }
    let rest = problems.len().saturating_sub(SHOWN) + more;
    if rest > 0 {
        text.push_str(&format!("… and {rest} more\n"));
    }
    text
}

/// Prints what went wrong and what to do about it. A broken pipe is not an error but a signal to
/// end quietly.
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
        text.push_str(&listed(problems, *more));
    }
    text.push_str(&format!(
        "{} {}\n",
        paint("1;31", "error:"),
        show_control_chars(&error.to_string())
    ));
    if let Some(hint) = error.hint() {
        text.push_str(&format!("{} {}\n", paint("1;36", "hint:"), show_control_chars(&hint)));
    }
    // When standard error is gone too there is nobody left to tell.
    let _ = stderr().write_all(text.as_bytes());
    Exit::Failed
}
