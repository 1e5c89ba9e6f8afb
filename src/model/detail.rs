//! All about one thing: a few facts and some tables.

use super::{Table, Value};

/// What `show` and `info` give.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetailView {
    /// What sort of thing it is about: claim, source, archive, …
    pub word: String,
    /// Its key, or its path.
    pub key: String,
    /// Facts by name, in order.
    pub facts: Vec<(String, Value)>,
    /// Tables by title, in order; empty ones are left out.
    pub sections: Vec<(String, Table)>,
}

impl DetailView {
    /// What it is about, for people.
    pub fn title(&self) -> String {
        format!("{} {}", self.word, self.key)
    }
}
