//! JSON that is written object by object, so that a long export need not fit in memory.

use crate::error::Result;
use serde_json::{Map, Value as Json};
use std::io::Write;

/// Writes a list of objects, a line each, between `head` and `tail`.
pub(super) struct List<'a> {
    out: &'a mut dyn Write,
    tail: &'static str,
    /// Objects written so far.
    pub count: usize,
}

impl<'a> List<'a> {
    /// Begins the list.
    pub fn begin(out: &'a mut dyn Write, head: &str, tail: &'static str) -> Result<Self> {
        write!(out, "{head}")?;
        Ok(List { out, tail, count: 0 })
    }

    /// Writes one object.
    pub fn push(&mut self, object: Map<String, Json>) -> Result<()> {
        let comma = if self.count == 0 { "" } else { "," };
        write!(self.out, "{comma}\n{}", Json::Object(object))?;
        self.count += 1;
        Ok(())
    }

    /// Ends the list, and gives how long it is.
    pub fn end(self) -> Result<usize> {
        writeln!(self.out, "\n{}", self.tail)?;
        Ok(self.count)
    }
}

/// An object being filled: what is not stated is not written.
#[derive(Default)]
pub(super) struct Object(Map<String, Json>);

impl Object {
    /// One of this schema.org type.
    pub fn typed(name: &str) -> Self {
        Object::default().with("@type", name)
    }

    /// The same with one more entry.
    pub fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        let value = value.into();
        if !value.is_null() {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// What was filled in.
    pub fn done(self) -> Map<String, Json> {
        self.0
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Json {
        Json::Object(object.0)
    }
}

/// A day, month or year without any mark of doubt: what formats that know no doubt can take.
pub(super) fn plain_date(edtf: &str) -> bool {
    edtf.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}
