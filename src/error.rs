//! What can go wrong, named by what the caller can do about it.
//!
//! The message says what was attempted and why it failed; [`Error::hint`] says what to do next.
//! Exit codes and printing are the binary's affair.

use crate::model::Problem;
use std::io;
use std::path::{Path, PathBuf};

/// What every fallible function of this crate gives.
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no archive.
    #[error("cannot open {}: no such file", path.display())]
    Missing {
        /// The archive that was asked for.
        path: PathBuf,
    },
    /// There is a file where a new one should be made.
    #[error("cannot create {}: a file is there already", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else, or was damaged beyond reading its head.
    #[error("cannot open {}: {why}", path.display())]
    NotAnArchive {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// The archive was written by a newer program.
    #[error("cannot write to {}: it was written by a newer onrecord (format {found}; this one knows {known}): it can be read, not written", path.display())]
    Newer {
        /// The archive.
        path: PathBuf,
        /// Its format: the numbers of its newest migration and of its installed text.
        found: String,
        /// The newest format this program knows.
        known: String,
    },
    /// The archive was made by a program from before the first release.
    #[error("cannot open {}: it was made by a version of onrecord from before the first release, whose format is no longer read", path.display())]
    Unreleased {
        /// The archive.
        path: PathBuf,
    },
    /// SQLite reads the file and finds it broken.
    #[error("{} is damaged: {why}", path.display())]
    Damaged {
        /// The archive.
        path: PathBuf,
        /// What SQLite found.
        why: String,
    },
    /// Another program holds the archive.
    #[error("cannot use {}: another program holds it, perhaps with changes not yet saved", path.display())]
    Locked {
        /// The archive.
        path: PathBuf,
    },
    /// Guards are missing from the archive, or strange triggers are in it.
    #[error("cannot write to {}: its guards are not as they should be: {}", path.display(), what.join("; "))]
    Guards {
        /// The archive.
        path: PathBuf,
        /// What differs, a sentence each.
        what: Vec<String>,
    },
    /// Nothing has this key or name.
    #[error("no {what} {name:?}{near}")]
    NotFound {
        /// What was looked for: claim, report, column, …
        what: String,
        /// What was asked for.
        name: String,
        /// "; did you mean …?", or nothing.
        near: String,
        /// Where to see what there is.
        hint: String,
    },
    /// The input has problems; nothing was written.
    #[error("{} in the input; nothing was written", count(problems.len() + more, "problem"))]
    Problems {
        /// They, in the order of the input; of very many the first.
        problems: Vec<Problem>,
        /// How many more there are.
        more: usize,
    },
    /// Two archives say different things of the same rows; nothing was written.
    #[error("{} between the archives; nothing was written", count(conflicts.len() + more, "conflict"))]
    Conflicts {
        /// They; of very many the first.
        conflicts: Vec<Problem>,
        /// How many more there are.
        more: usize,
    },
    /// A query wanted to do more than read.
    #[error("not run: {what} is not allowed here; this command only reads")]
    Denied {
        /// What it wanted.
        what: String,
    },
    /// The work was stopped before its end.
    #[error("stopped: {why}")]
    Stopped {
        /// Ctrl-C, or a time limit.
        why: String,
    },
    /// A file could not be read or written.
    #[error("cannot {doing} {}: {why}", path.display())]
    File {
        /// read, write, create, …
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The output could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// SQLite refused.
    #[error("cannot {doing}: {why}")]
    Sqlite {
        /// What was attempted.
        doing: String,
        /// What SQLite said.
        why: String,
    },
    /// The request does not make sense as it stands.
    #[error("{what}")]
    Refused {
        /// What was asked and why it cannot be.
        what: String,
        /// What to do instead.
        hint: String,
    },
}

impl Error {
    /// A file error from what the system said.
    pub fn file(doing: &'static str, path: &Path, error: &io::Error) -> Self {
        Error::File { doing, path: path.to_owned(), why: plain(error) }
    }

    /// What to do next, if there is something to say.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Error::Missing { .. } => {
                "name an archive with --file, or make one: `onrecord init` for \
                 an empty one, `onrecord seed` for the article's"
                    .to_owned()
            }
            Error::Exists { .. } => {
                "choose another name with --file; nothing is ever overwritten".to_owned()
            }
            Error::NotAnArchive { .. } => {
                "name an onrecord archive with --file; the file was not touched".to_owned()
            }
            Error::Newer { .. } => "install a newer onrecord; the file was not touched".to_owned(),
            Error::Unreleased { .. } => {
                "`export ndjson` with the program that made it, then `init` a new \
                 archive and `import` that export with this one; the file was not touched"
                    .to_owned()
            }
            Error::Damaged { path, .. } => format!(
                "the file was not touched: copy it before anything else, then see \
                 `onrecord check`, or save what can be read with `sqlite3 {} .recover`",
                path.display()
            ),
            Error::Locked { .. } => "save or close it there (DB Browser: Write Changes), then try \
                 again; nothing was written"
                .to_owned(),
            Error::Guards { .. } => {
                "it opens for reading as it is; `onrecord check --repair` puts \
                 the guards back"
                    .to_owned()
            }
            Error::NotFound { hint, .. } | Error::Refused { hint, .. } if !hint.is_empty() => {
                hint.clone()
            }
            Error::Problems { .. } => {
                "mend what is listed and run the same command again".to_owned()
            }
            Error::Conflicts { .. } => "change one of the archives, or say which stands in all of \
                 these: --prefer ours or --prefer theirs"
                .to_owned(),
            Error::Denied { .. } => {
                "to change the archive use `onrecord import`, `add` or `assess`, \
                 or any SQLite tool"
                    .to_owned()
            }
            Error::File { doing: "create", .. } => {
                "name a place where you may write, in a folder that is there".to_owned()
            }
            Error::File { doing: "write", .. } => "the file and its folder must be writable, \
                 with room on the disk; nothing was changed"
                .to_owned(),
            Error::File { doing: "read", .. } => "check the name and who may read it".to_owned(),
            _ => return None,
        })
    }
}

/// The system's words without their number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// "1 problem", "20 problems".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
