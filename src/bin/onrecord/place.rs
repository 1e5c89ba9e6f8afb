//! The place that `--file` names: an archive file, or a database on a server.

use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::model::{AddressFault, ServerAddress};
use std::path::Path;

/// The server that `--file` names; `None` for the name of a file.
pub fn server(file: &Path) -> Result<Option<ServerAddress>> {
    let url = file.to_str().filter(|text| ServerAddress::is_url(text));
    let parsed = url.map(|url| ServerAddress::parse(url, terminal::login_variables())).transpose();
    parsed.map_err(|AddressFault { what, hint }| Error::Refused { what, hint })
}

/// The error of a command that reads files alone, which would `doing`.
pub fn needs_file(doing: &str, address: &ServerAddress) -> Error {
    Error::Refused {
        what: format!("cannot {doing} at {address}: this works on files alone"),
        hint: format!(
            "`report` and `sql` work there; `onrecord -f NEW.db init`, then `onrecord -f NEW.db import {address}` makes a \
             file of the record, and `onrecord -f NEW.db push {address}` brings it back"
        ),
    }
}
