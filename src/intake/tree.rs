//! A document as a tree whose every value knows where it stands.

/// A value and the byte offset at which it begins.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) tree: Tree,
}

/// What TOML and JSON can say.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    /// A number as written, so that nothing is lost before its field is known.
    Number(String),
    Text(String),
    /// A TOML date or time written without quotes.
    Moment(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A name and a value of a table, and where the name stands.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) at: usize,
    pub(super) node: Node,
}

impl Tree {
    /// What it is, for messages.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Tree::Null => "null",
            Tree::Bool(_) => "true or false",
            Tree::Number(_) => "a number",
            Tree::Text(_) => "text",
            Tree::Moment(_) => "a date or time",
            Tree::List(_) => "a list",
            Tree::Table(_) => "a table",
        }
    }
}

/// A problem and the byte offset at which it was found.
pub(super) type Found = (usize, String);
