//! A record on its way out: fields, and the records inside it.

use super::Value;

/// A record as a document writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentTree {
    /// Its fields, in order.
    pub fields: Vec<(&'static str, Value)>,
    /// What stands inside it, by the word for it.
    pub parts: Vec<(&'static str, Vec<Part>)>,
}

/// Something inside a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// One that a string says in full.
    Word(String),
    /// One with fields of its own.
    Record(DocumentTree),
}
