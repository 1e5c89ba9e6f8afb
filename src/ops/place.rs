//! The place of a record: an archive file, or a database on a server.

use crate::error::Result;
use crate::model::{CancelToken, ServerAddress};
use crate::ops::context::{builtin_views, open_reader};
use crate::store::{Answers, Server};
use std::path::{Path, PathBuf};

/// The place of a record to ask.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// An archive file.
    File(&'a Path),
    /// A database on a server.
    Server(&'a ServerAddress),
}

impl<'a> From<&'a Path> for Place<'a> {
    fn from(path: &'a Path) -> Self {
        Place::File(path)
    }
}

impl<'a> From<&'a PathBuf> for Place<'a> {
    fn from(path: &'a PathBuf) -> Self {
        Place::File(path)
    }
}

impl<'a> From<&'a ServerAddress> for Place<'a> {
    fn from(address: &'a ServerAddress) -> Self {
        Place::Server(address)
    }
}

/// Opens a record for reading. `is_limited` lowers the limits of SQLite for a query that a user wrote.
pub(super) fn open_answers(
    place: Place<'_>,
    cancel: CancelToken,
    is_limited: bool,
) -> Result<Box<dyn Answers>> {
    match place {
        Place::File(path) => {
            let db = open_reader(path, cancel)?;
            if is_limited {
                db.limit()?;
            }
            Ok(Box::new(db))
        }
        Place::Server(address) => Ok(Box::new(open_server(address, cancel)?)),
    }
}

/// Connects to a server, to read the record there.
pub(super) fn open_server(address: &ServerAddress, cancel: CancelToken) -> Result<Server> {
    Server::open(address, builtin_views(), cancel)
}
