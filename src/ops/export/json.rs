//! JSON written object by object, so that a long export need not fit in memory.

use crate::error::Result;
use serde_json::{Map, Value as Json};
use std::io::Write;

/// A writer of a list of objects, a line each, between a head and a tail.
pub(super) struct ObjectList<'a> {
    out: &'a mut dyn Write,
    tail: &'static str,
    /// Objects written so far.
    pub count: usize,
}

impl<'a> ObjectList<'a> {
    /// Writes `head` and begins the list.
    pub fn begin(out: &'a mut dyn Write, head: &str, tail: &'static str) -> Result<Self> {
        write!(out, "{head}")?;
        Ok(ObjectList { out, tail, count: 0 })
    }

    /// Writes one object.
    pub fn push(&mut self, object: Map<String, Json>) -> Result<()> {
        let comma = if self.count == 0 { "" } else { "," };
        write!(self.out, "{comma}\n{}", Json::Object(object))?;
        self.count += 1;
        Ok(())
    }

    /// Ends the list and returns its length.
    pub fn end(self) -> Result<usize> {
        writeln!(self.out, "\n{}", self.tail)?;
        Ok(self.count)
    }
}

/// A JSON object under construction; null values are left out.
#[derive(Default)]
pub(super) struct Object(Map<String, Json>);

impl Object {
    /// Begins an object of this schema.org type.
    pub fn typed(name: &str) -> Self {
        Object::default().with("@type", name)
    }

    /// Adds an entry unless its value is null.
    pub fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        let value = value.into();
        if !value.is_null() {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// Returns the entries.
    pub fn into_map(self) -> Map<String, Json> {
        self.0
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Json {
        Json::Object(object.0)
    }
}

/// Returns `true` for a day, month or year without a mark of uncertainty, which formats other than
/// EDTF can express. A season or quarter is written like a month, with a number from 21 on.
pub(super) fn is_plain_date(edtf: &str) -> bool {
    let is_plain = edtf.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_plain && edtf.get(5..7).is_none_or(|month| month <= "12")
}
