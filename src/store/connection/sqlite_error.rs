//! Converts SQLite's errors to [`Error`].

use crate::error::Error;
use rusqlite::ffi::ErrorCode;
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
        Some(ErrorCode::DiskFull) => {
            Error::file_because("write", path, "the disk is full; nothing was changed")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Error::file_because("write", path, message(error))
        }
        Some(ErrorCode::OperationInterrupted) => {
            Error::Stopped { why: "before it was done".to_owned() }
        }
        _ => Error::Sqlite { doing: doing.to_owned(), why: message(error) },
    }
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
