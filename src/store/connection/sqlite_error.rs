//! Converts SQLite's errors to [`Error`].

use crate::error::Error;
use rusqlite::ffi::{self, ErrorCode};
use std::path::Path;

/// Converts the error of a failed statement on the archive at `path`; `doing` completes "cannot …".
pub(in crate::store) fn map_err(path: &Path, doing: &str, error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::Locked { path: path.to_owned() }
        }
        Some(ErrorCode::DatabaseCorrupt) => {
            Error::Damaged { path: path.to_owned(), why: message(error), is_derived: false }
        }
        Some(ErrorCode::NotADatabase) => Error::NotAnArchive {
            path: path.to_owned(),
            why: "it is not an SQLite file, or it is encrypted".to_owned(),
        },
        // SQLite does not tell on which disk: a large load sorts the entries of indexes in temporary files.
        Some(ErrorCode::DiskFull) => Error::file_because(
            "write",
            path,
            "its disk is full, or that of temporary files, whose folder SQLITE_TMPDIR or TMPDIR names",
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Error::file_because("write", path, message(error))
        }
        Some(ErrorCode::OperationInterrupted) => {
            Error::Stopped { why: "before it was done".to_owned() }
        }
        Some(ErrorCode::SystemIoFailure) => {
            Error::Disk { path: path.to_owned(), doing: doing.to_owned(), why: message(error) }
        }
        _ => Error::Sqlite {
            path: Some(path.to_owned()),
            doing: doing.to_owned(),
            why: message(error),
        },
    }
}

/// Converts the error of a copy of the archive at `from` into a new file, whose final path is `to`, so that it names
/// the one that failed.
pub(in crate::store) fn map_copy_err(
    from: &Path,
    to: &Path,
    doing: &str,
    error: &rusqlite::Error,
) -> Error {
    const OF_READING: [i32; 3] = [
        ffi::SQLITE_IOERR_READ,
        ffi::SQLITE_IOERR_SHORT_READ,
        // An error of the device while it reads.
        ffi::SQLITE_IOERR_CORRUPTFS,
    ];
    let is_of_copy = match error.sqlite_error() {
        Some(error) if error.code == ErrorCode::SystemIoFailure => {
            !OF_READING.contains(&error.extended_code)
        }
        Some(error) => {
            matches!(error.code, ErrorCode::DiskFull | ErrorCode::CannotOpen | ErrorCode::ReadOnly)
        }
        None => false,
    };
    map_err(if is_of_copy { to } else { from }, doing, error)
}

/// Returns true for the error of a text that is not UTF-8.
pub(super) fn is_no_text(error: &rusqlite::Error) -> bool {
    match error {
        rusqlite::Error::Utf8Error(..) => true,
        rusqlite::Error::FromSqlConversionFailure(_, _, cause) => cause.is::<std::str::Utf8Error>(),
        _ => false,
    }
}

/// Returns SQLite's message without the error code.
pub(in crate::store) fn message(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{map_copy_err, map_err};
    use rusqlite::ffi;
    use std::path::Path;

    fn failure(code: i32) -> rusqlite::Error {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("disk I/O error".to_owned()))
    }

    #[test]
    fn an_error_of_the_disk_names_the_file() {
        let error = map_err(Path::new("a.db"), "save", &failure(ffi::SQLITE_IOERR_FSYNC));
        assert_eq!(error.to_string(), "cannot save: the disk failed at a.db: disk I/O error");
        assert!(error.hint().is_some_and(|hint| hint.contains("backup")));
    }

    #[test]
    fn a_full_disk_may_be_that_of_temporary_files() {
        let error = map_err(Path::new("a.db"), "save", &failure(ffi::SQLITE_FULL));
        assert!(
            error.to_string().starts_with("cannot write a.db: its disk is full, or"),
            "{error}"
        );
        assert!(error.to_string().contains("SQLITE_TMPDIR"), "{error}");
    }

    #[test]
    fn an_error_of_a_copy_names_the_file_that_failed() {
        let named = |code: i32| {
            let (from, to) = (Path::new("from.db"), Path::new("to.db"));
            let error = map_copy_err(from, to, "copy it", &failure(code)).to_string();
            assert_ne!(error.contains("from.db"), error.contains("to.db"), "{error}");
            error.contains("to.db")
        };
        for code in [
            ffi::SQLITE_FULL,
            ffi::SQLITE_CANTOPEN,
            ffi::SQLITE_READONLY,
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_TRUNCATE,
        ] {
            assert!(named(code), "{code}");
        }
        for code in [
            ffi::SQLITE_CORRUPT,
            ffi::SQLITE_BUSY,
            ffi::SQLITE_IOERR_READ,
            ffi::SQLITE_IOERR_SHORT_READ,
            ffi::SQLITE_IOERR_CORRUPTFS,
        ] {
            assert!(!named(code), "{code}");
        }
    }
}
