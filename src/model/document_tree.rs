//! A record as an exported document writes it, with its nested records.

use super::value::Value;

/// One record of an exported document: fields and nested records.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentTree {
    /// Names and values of the fields, in order.
    pub fields: Vec<(&'static str, Value)>,
    /// The names of those fields that are true or false, held as 1 or 0.
    pub flags: Vec<&'static str>,
    /// Nested records, grouped by the word that documents use for them.
    pub parts: Vec<(&'static str, Vec<NestedPart>)>,
}

/// One nested record.
#[derive(Clone, Debug, PartialEq)]
pub enum NestedPart {
    /// A bare string: the shorthand for a record with only that one field.
    Shorthand(String),
    /// A table with fields of its own.
    Record(DocumentTree),
}
