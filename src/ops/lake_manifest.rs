//! The manifest of a lake, `manifest.json` in its folder: what each table holds, and the size and checksum of every
//! file, by which a folder that is not whole is told from one that is.

use super::listed_file::ListedFile;
use serde::{Deserialize, Serialize};

/// The number of the form that this program writes and reads.
pub(super) const FORM: u32 = 1;

/// The contents of the folder of a lake.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Manifest {
    /// The number of its form.
    pub onrecord_parquet: u32,
    /// The title of the archive.
    pub title: Option<String>,
    /// The moment at which the archive was created (UTC).
    pub created: String,
    /// The number of the last operation on the archive: the one to give to `--since` next time.
    pub operation: i64,
    /// The operation since which it holds what changed; `None` where it holds all.
    pub since: Option<i64>,
    /// The tables.
    pub tables: Vec<LakeTable>,
    /// The reports, rewritten for each engine.
    pub reports: Vec<ListedFile>,
}

/// A table of a lake.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct LakeTable {
    /// Its name, and that of its folder.
    pub name: String,
    /// Its meaning.
    pub about: Option<String>,
    /// The column by which its files are divided, which stands in the names of their folders.
    pub partitioned_by: Option<String>,
    /// The part of its rows that its files hold, in a folder of changes: `whole` takes the place of all rows that were there, `changed`
    /// that of the rows of these ids.
    pub holds: Holds,
    /// The number of its rows.
    pub rows: u64,
    /// Its columns.
    pub columns: Vec<LakeField>,
    /// Its files.
    pub files: Vec<ListedFile>,
}

/// The part of a table that its files hold.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Holds {
    /// Every row.
    Whole,
    /// The rows that were added or changed.
    Changed,
}

/// A column of a table of a lake.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct LakeField {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: String,
    /// Its meaning.
    pub about: Option<String>,
}
