//! The errors of this crate, one variant for each way a caller can react.
//!
//! The message says what was attempted and why it failed; [`Error::hint`] says what to do next.
//! The binary chooses exit codes and prints.

use crate::model::Problem;
use std::io;
use std::path::{Path, PathBuf};

/// The result of every fallible function of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no archive.
    #[error("cannot open {}: no such file", path.display())]
    Missing {
        /// The requested archive.
        path: PathBuf,
    },
    /// A file exists where a new one should be created.
    #[error("cannot create {}: a file is there already", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file is not an archive, or its header is damaged.
    #[error("cannot open {}: {why}", path.display())]
    NotAnArchive {
        /// The file.
        path: PathBuf,
        /// The kind of file it is, or the damage.
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
    /// SQLite finds the file corrupt.
    #[error("{} is damaged: {why}", path.display())]
    Damaged {
        /// The archive.
        path: PathBuf,
        /// The finding of SQLite, or the names of what is damaged.
        why: String,
        /// True if all that is damaged follows from the rows of others, and can be built anew.
        is_derived: bool,
    },
    /// The archive holds text that is not UTF-8.
    #[error("cannot {doing}: {} holds text that is not UTF-8: {what}", path.display())]
    Encoding {
        /// The archive.
        path: PathBuf,
        /// The action that failed: run the query, …
        doing: String,
        /// The first such text, by its table, key and column.
        what: String,
    },
    /// Another program holds a lock on the archive.
    #[error("cannot use {}: another program holds it, perhaps with changes not yet saved", path.display())]
    Locked {
        /// The archive.
        path: PathBuf,
    },
    /// Guard triggers are missing from the archive or changed, or there are unknown triggers.
    #[error("cannot write to {}: its guards are not as they should be: {}", path.display(), first_few(what))]
    Guards {
        /// The archive.
        path: PathBuf,
        /// The differences, a sentence each.
        what: Vec<String>,
    },
    /// There is no such key or name.
    #[error("no {what} {name:?}{near}")]
    NotFound {
        /// The kind of thing: claim, report, column, …
        what: String,
        /// The name or key that was not found.
        name: String,
        /// "; did you mean …?", or empty.
        near: String,
        /// The way to list what exists.
        hint: String,
    },
    /// The input has problems; nothing was written.
    #[error("{} in the input; nothing was written", count(problems.len() + more, "problem"))]
    Problems {
        /// The first problems, in the order of the input.
        problems: Vec<Problem>,
        /// The number of further problems.
        more: usize,
    },
    /// Two archives have different values in the same rows; nothing was written.
    #[error("{} between the archives; nothing was written", count(conflicts.len() + more, "conflict"))]
    Conflicts {
        /// The first conflicts.
        conflicts: Vec<Problem>,
        /// The number of further conflicts.
        more: usize,
    },
    /// A query attempted to write or to load code.
    #[error("not run: {what} is not allowed here; this command only reads")]
    Denied {
        /// The action that was denied.
        what: String,
    },
    /// The operation was cancelled.
    #[error("stopped: {why}")]
    Stopped {
        /// The reason: Ctrl-C, or a time limit.
        why: String,
    },
    /// A file could not be read or written.
    #[error("cannot {doing} {}: {why}", path.display())]
    File {
        /// read, write, create, …
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// The reason, for people.
        why: String,
        /// The error of the operating system, if it was one.
        #[source]
        source: Option<io::Error>,
    },
    /// The output could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// The disk failed while SQLite read or wrote a file.
    #[error("cannot {doing}: the disk failed at {}: {why}", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// The action that failed: read the claims, …
        doing: String,
        /// The message of SQLite.
        why: String,
    },
    /// SQLite reported an error.
    #[error("cannot {doing}: {why}{}", in_file(path.as_deref()))]
    Sqlite {
        /// The archive, unless the words of the action name it.
        path: Option<PathBuf>,
        /// The action that failed: read the claims, …
        doing: String,
        /// The message of SQLite.
        why: String,
    },
    /// The request is invalid.
    #[error("{what}")]
    Refused {
        /// The request, and the reason it is refused.
        what: String,
        /// The way to do it instead.
        hint: String,
    },
}

/// The file in parentheses, after the reason.
fn in_file(path: Option<&Path>) -> String {
    path.map(|path| format!(" ({})", path.display())).unwrap_or_default()
}

/// Sentences, the first few of them, and how many there are.
fn first_few(what: &[String]) -> String {
    const FEW: usize = 5;
    let few = what.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join("; ");
    match what.len().saturating_sub(FEW) {
        0 => few,
        more => format!("{few}; and {more} more"),
    }
}

impl Error {
    /// Builds a file error from an error of the operating system.
    pub fn file(doing: &'static str, path: &Path, error: &io::Error) -> Self {
        let (path, why) = (path.to_owned(), without_code(error));
        Error::File { doing, path, why, source: Some(copy_of(error)) }
    }

    /// Builds a file error from a reason in words.
    pub fn file_because(doing: &'static str, path: &Path, why: impl Into<String>) -> Self {
        Error::File { doing, path: path.to_owned(), why: why.into(), source: None }
    }

    /// Returns the next step for the user, if there is one to suggest.
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
            // What the header of a damaged archive looks like.
            Error::NotAnArchive { path, why }
                if why.contains("not an SQLite file") || why.contains("archive row is gone") =>
            {
                format!(
                    "name an onrecord archive with --file; if this was one, `onrecord recover {} OUT` \
                     looks for its rows; the file was not touched",
                    path.display()
                )
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
            Error::Damaged { is_derived: true, .. } => {
                "nothing is lost, it follows from the rows: `onrecord check --repair` builds it anew"
                    .to_owned()
            }
            Error::Damaged { path, .. } => format!(
                "`onrecord recover {} OUT` saves what can be read of it in a new archive, and does not touch \
                 it; `onrecord check` says what is wrong",
                path.display()
            ),
            Error::Disk { .. } => "look after the disk, or the connection to it: `onrecord backup OUT` copies \
                 an archive to another one"
                .to_owned(),
            Error::Encoding { .. } => {
                "`onrecord check text` names all such text, and `onrecord check --repair \
                 --encoding windows-1252`, for example, reads it in the encoding in which it was written"
                    .to_owned()
            }
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
                "fix the problems above and run the same command again".to_owned()
            }
            Error::Conflicts { .. } => "change one of the archives, or choose one side for all \
                 conflicts: --prefer ours or --prefer theirs"
                .to_owned(),
            Error::Denied { .. } => {
                "to change the archive use `onrecord import`, `add` or `assess`, \
                 or any SQLite tool"
                    .to_owned()
            }
            Error::File { doing: "create", .. } => {
                "choose an existing folder in which you may write".to_owned()
            }
            Error::File { doing: "write", .. } => "the file and its folder must be writable, \
                 with room on the disk; nothing was changed"
                .to_owned(),
            Error::File { doing: "read", .. } => "check the name and who may read it".to_owned(),
            _ => return None,
        })
    }
}

/// Returns the message of an I/O error without its code.
fn without_code(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// Copies an I/O error, which cannot be cloned: an error of the operating system is its code.
fn copy_of(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// Formats a number of things: "1 problem", "20 problems".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::Error;
    use std::error::Error as _;
    use std::io;
    use std::path::Path;

    #[test]
    fn of_many_guards_the_first_five_are_named() {
        let error = |number: usize| {
            let what = (0..number).map(|n| format!("guard {n}")).collect();
            Error::Guards { path: "a.db".into(), what }.to_string()
        };
        assert!(error(5).ends_with("guard 3; guard 4"), "{}", error(5));
        assert!(error(7).ends_with("guard 4; and 2 more"), "{}", error(7));
    }

    #[test]
    fn a_file_error_keeps_its_source() {
        let cause = io::Error::from_raw_os_error(13);
        let error = Error::file("read", Path::new("a.db"), &cause);
        assert_eq!(error.to_string(), "cannot read a.db: permission denied");
        let source = error.source().and_then(|source| source.downcast_ref::<io::Error>()).unwrap();
        assert_eq!(source.raw_os_error(), Some(13));
        let error = Error::file_because("write", Path::new("a.db"), "the disk is full");
        assert!(error.source().is_none());
    }
}
