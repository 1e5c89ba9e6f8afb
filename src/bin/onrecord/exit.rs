//! Exit codes: an interface that scripts rely on.

use std::process::ExitCode;

/// The exit code of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Done, with findings: problems found by a check, or rows left out of an import.
    Found = 1,
    // 2, a wrong command line, is clap's own.
    /// Failed; nothing was written.
    Failed = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
