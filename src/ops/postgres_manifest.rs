//! The manifest of a folder that makes a PostgreSQL database: the format of the archive, and the size and checksum of the
//! file of each table.

use super::listed_file::ListedFile;
use crate::store::{INSTALLED, LATEST};
use serde::{Deserialize, Serialize};

/// The number of the form that this program writes and reads.
pub(super) const FORM: u32 = 1;

/// The contents of the folder.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct PostgresManifest {
    /// The number of its form.
    pub onrecord_postgres: u32,
    /// The newest migration of the archive.
    pub version: i64,
    /// The number of its installed text.
    pub installed: i64,
    /// The file of each table, in the order in which they are made.
    pub tables: Vec<ListedFile>,
}

impl PostgresManifest {
    /// The manifest of these tables as this program knows them.
    pub(super) fn of(tables: Vec<ListedFile>) -> Self {
        PostgresManifest { onrecord_postgres: FORM, version: LATEST, installed: INSTALLED, tables }
    }
}

/// The path of the file of a table in the folder.
pub(super) fn file_of(table: &str) -> String {
    format!("data/{table}.tsv")
}
