//! Records as read from a document, a table or flags, before they are rows.

use super::schema::Kind;
use super::{SourcePos, Value};

/// A value that was given, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldValue {
    /// The value; `Null` when a document says `null`, which empties the column.
    pub value: Value,
    /// Where it was given.
    pub pos: SourcePos,
    /// Whether what was given is not what the field may hold: a problem of its own, and `Null` here.
    pub bad: bool,
}

/// A record as read from a document or from flags.
#[derive(Clone, Debug)]
pub struct Record {
    /// What it is a record of.
    pub kind: &'static Kind,
    /// Where it begins.
    pub pos: SourcePos,
    /// What was given for each field of the kind; `None` where nothing was.
    pub values: Vec<Option<FieldValue>>,
    /// The field that the record around it fills in, where one is around it.
    pub filled: Option<&'static str>,
    /// Whether its key was made up from what it says, not given: where another row has that key, it
    /// takes the next free one; where that row says the same, it is that row.
    pub proposed: bool,
    /// Records that belong to this one and cannot name it by a key (evidence of a verdict).
    pub parts: Vec<Record>,
}

impl Record {
    /// A record with nothing in it.
    pub fn new(kind: &'static Kind, pos: SourcePos) -> Self {
        Record {
            kind,
            pos,
            values: vec![None; kind.fields.len()],
            filled: None,
            proposed: false,
            parts: Vec::new(),
        }
    }

    /// What was given for a field.
    pub fn given(&self, name: &str) -> Option<&FieldValue> {
        self.values[self.kind.position(name)?].as_ref()
    }

    /// The text given for a field.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.given(name)?.value.as_text()
    }

    /// Sets a field of the kind.
    pub fn set(&mut self, name: &str, value: Value, pos: SourcePos) {
        if let Some(position) = self.kind.position(name) {
            self.values[position] = Some(FieldValue { value, pos, bad: false });
        }
    }

    /// Notes that what was given for a field is not what it may hold.
    pub fn set_bad(&mut self, name: &str, pos: SourcePos) {
        if let Some(position) = self.kind.position(name) {
            self.values[position] = Some(FieldValue { value: Value::Null, pos, bad: true });
        }
    }

    /// Takes a field away again, as if nothing had been given.
    pub fn unset(&mut self, name: &str) {
        if let Some(position) = self.kind.position(name) {
            self.values[position] = None;
        }
    }

    /// What people call it: its word and its key, or its word alone.
    pub fn name(&self) -> String {
        match self.text("key") {
            Some(key) if self.kind.keyed() => format!("{} {key}", self.kind.word),
            _ => self.kind.word.to_owned(),
        }
    }
}
