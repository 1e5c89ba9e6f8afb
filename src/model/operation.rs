//! Operations as they travel from archive to archive, with an export or a merge.

use serde::{Deserialize, Serialize};

/// An operation that was done in another file. Its rows have other ids here, so that it can be read and
/// not undone.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedOperation {
    /// Its number there.
    pub number: i64,
    /// The moment at which it began (UTC).
    pub at: String,
    /// The person who ran it.
    pub by: Option<String>,
    /// The name of the command.
    pub command: String,
    /// Its result in a few words.
    pub summary: Option<String>,
    /// The reason given.
    pub because: Option<String>,
    /// The number of the operation that it takes back.
    pub undoes: Option<i64>,
    /// The number of rows that it added.
    pub added: i64,
    /// The rows that it removed, as compressed NDJSON in base64.
    pub document: Option<String>,
    /// The number of these rows.
    pub document_rows: Option<i64>,
    /// The inputs that it read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<CarriedInput>,
}

/// An input that such an operation read.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedInput {
    /// The name of the file, without its folder.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<i64>,
}
