//! JSON: an array of objects keyed by column, or an object a line. NULL is null.

use crate::model::{RowSink, Value};
use base64::Engine;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::io::{self, Write};

pub(super) struct Json<'a> {
    out: &'a mut dyn Write,
    array: bool,
    names: Vec<String>,
    rows: usize,
}

/// A value that serialises to JSON: bytes as `{"base64": "…"}`, an infinite number as text.
pub(super) struct JsonValue<'a>(pub(super) &'a Value);

impl Serialize for JsonValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_none(),
            Value::Int(number) => serializer.serialize_i64(*number),
            Value::Real(number) if number.is_finite() => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Bytes(bytes) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("base64", &encode_base64(bytes))?;
                map.end()
            }
            other @ Value::Real(_) => serializer.serialize_str(&other.to_string()),
        }
    }
}

/// Encodes bytes as base64.
pub(super) fn encode_base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

struct Object<'a> {
    names: &'a [String],
    row: &'a [Value],
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.names.iter().zip(self.row.iter().map(JsonValue)))
    }
}

impl<'a> Json<'a> {
    pub(super) fn array(out: &'a mut dyn Write) -> Self {
        Json { out, array: true, names: Vec::new(), rows: 0 }
    }

    pub(super) fn lines(out: &'a mut dyn Write) -> Self {
        Json { array: false, ..Json::array(out) }
    }
}

impl RowSink for Json<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        // Two columns of one name would share a key; number the second one, as SQLite does.
        self.names.clear();
        for column in columns {
            let mut name = column.clone();
            let mut n = 1;
            while self.names.contains(&name) {
                name = format!("{column}:{n}");
                n += 1;
            }
            self.names.push(name);
        }
        self.rows = 0;
        Ok(())
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        let text = serde_json::to_string(&Object { names: &self.names, row })?;
        match (self.array, self.rows) {
            (false, _) => writeln!(self.out, "{text}")?,
            (true, 0) => write!(self.out, "[\n  {text}")?,
            (true, _) => write!(self.out, ",\n  {text}")?,
        }
        self.rows += 1;
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        match (self.array, self.rows) {
            (false, _) => Ok(()),
            (true, 0) => writeln!(self.out, "[]"),
            (true, _) => writeln!(self.out, "\n]"),
        }
    }
}
