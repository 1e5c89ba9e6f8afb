//! Records as documents: TOML for people, NDJSON for programs.

use super::json::{JsonValue, encode_base64};
use crate::model::{DocumentTree, NestedPart, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};
use toml::{Table, Value as Toml};

/// Formats a record as TOML, under `[[word]]`, with its nested records.
///
/// # Errors
/// Fails if a value has no form in TOML.
pub fn toml_record(word: &str, record: &DocumentTree) -> Result<String, String> {
    let mut root = Table::new();
    root.insert(word.to_owned(), Toml::Array(vec![Toml::Table(toml_table(record))]));
    toml::to_string(&root).map_err(|error| error.to_string())
}

/// Formats the head of a document: its version and the facts about the archive.
///
/// # Errors
/// Fails if a value has no form in TOML.
pub fn toml_archive(word: &str, record: &DocumentTree) -> Result<String, String> {
    let mut root = Table::new();
    root.insert("onrecord".to_owned(), Toml::Integer(1));
    root.insert(word.to_owned(), Toml::Table(toml_table(record)));
    toml::to_string(&root).map_err(|error| error.to_string())
}

fn toml_table(record: &DocumentTree) -> Table {
    let mut table = Table::new();
    for (name, value) in &record.fields {
        let value = match value {
            // TOML has no null.
            Value::Null => continue,
            Value::Int(number) if record.flags.contains(name) => Toml::Boolean(*number != 0),
            Value::Int(number) => Toml::Integer(*number),
            Value::Real(number) => Toml::Float(*number),
            Value::Text(text) => Toml::String(text.clone()),
            Value::Bytes(bytes) => Toml::String(encode_base64(bytes)),
        };
        table.insert((*name).to_owned(), value);
    }
    // TOML requires plain lists before tables.
    let words =
        |parts: &[NestedPart]| parts.iter().all(|part| matches!(part, NestedPart::Shorthand(_)));
    for plain in [true, false] {
        for (word, parts) in record.parts.iter().filter(|(_, p)| !p.is_empty() && words(p) == plain)
        {
            let list = parts.iter().map(|part| match part {
                NestedPart::Shorthand(text) => Toml::String(text.clone()),
                NestedPart::Record(record) => Toml::Table(toml_table(record)),
            });
            table.insert((*word).to_owned(), Toml::Array(list.collect()));
        }
    }
    table
}

/// Formats a row of a table as a line of NDJSON with every column; an empty one is null.
///
/// # Errors
/// Never, unless memory runs out.
pub fn ndjson_row(name: &str, record: &DocumentTree) -> Result<String, String> {
    serde_json::to_string(&NdjsonRow { name, record }).map_err(|error| error.to_string())
}

/// A line of NDJSON: the name of the table, then the record.
struct NdjsonRow<'a> {
    name: &'a str,
    record: &'a DocumentTree,
}

impl Serialize for NdjsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("table", self.name)?;
        serialize_entries(self.record, &mut object)?;
        object.end()
    }
}

/// A record inside another.
struct JsonRecord<'a>(&'a DocumentTree);

impl Serialize for JsonRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        serialize_entries(self.0, &mut object)?;
        object.end()
    }
}

/// A record inside another, or the one value that stands for it.
struct JsonPart<'a>(&'a NestedPart);

impl Serialize for JsonPart<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            NestedPart::Shorthand(text) => serializer.serialize_str(text),
            NestedPart::Record(record) => JsonRecord(record).serialize(serializer),
        }
    }
}

/// Writes the fields of a record, and the lists of those inside it that are not empty.
fn serialize_entries<M: SerializeMap>(
    record: &DocumentTree,
    object: &mut M,
) -> Result<(), M::Error> {
    for (name, value) in &record.fields {
        match value {
            Value::Bytes(bytes) if *name == "data" => {
                object.serialize_entry(name, &encode_base64(bytes))?;
            }
            value => object.serialize_entry(name, &JsonValue(value))?,
        }
    }
    for (word, parts) in record.parts.iter().filter(|(_, parts)| !parts.is_empty()) {
        let parts: Vec<JsonPart<'_>> = parts.iter().map(JsonPart).collect();
        object.serialize_entry(word, &parts)?;
    }
    Ok(())
}
