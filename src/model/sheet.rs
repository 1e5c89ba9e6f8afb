//! All about one thing: a few facts and some tables.

use super::{Table, Value};

/// What `show` and `info` give.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What it is about, such as "claim muqur-fell".
    pub title: String,
    /// Facts by name, in order.
    pub facts: Vec<(String, Value)>,
    /// Tables by title, in order; empty ones are left out.
    pub sections: Vec<(String, Table)>,
}
