//! Exit codes: an interface that scripts rely on.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It was done.
    Done = 0,
    /// It was done, and something was found: findings of a check, or rows that were left out.
    Found = 1,
    // 2, a wrong command line, is clap's own.
    /// It could not be done; nothing was written.
    Failed = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
