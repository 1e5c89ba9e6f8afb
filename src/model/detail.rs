//! The detail view of one record or archive: named facts and titled tables.

use super::table::Table;
use super::value::Value;

/// The result of `show` and `info`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetailView {
    /// The word for the subject: claim, source, archive, …
    pub word: String,
    /// The key of the subject, or the path of the archive.
    pub key: String,
    /// Named values, in order of display.
    pub facts: Vec<(String, Value)>,
    /// The facts that people ask for: where they are not stated, a page says so.
    pub asked: Vec<String>,
    /// Titled tables, in order of display; empty ones are left out.
    pub sections: Vec<(String, Table)>,
    /// The titles of tables that are not whole, each with the number of rows that were left out.
    pub more: Vec<(String, u64)>,
}

impl DetailView {
    /// Returns a heading for people, such as `claim muqur-fell`.
    pub fn title(&self) -> String {
        format!("{} {}", self.word, self.key)
    }
}
