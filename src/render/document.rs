//! Records as documents: TOML for people, NDJSON for programs.

use super::json::{JsonValue, encode_base64};
use crate::model::{DocumentTree, NestedPart, Value};
use serde_json::{Map, Value as Json};
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
    let mut object = Map::new();
    object.insert("table".to_owned(), Json::from(name));
    fill_object(&mut object, record)?;
    serde_json::to_string(&object).map_err(|error| error.to_string())
}

fn fill_object(object: &mut Map<String, Json>, record: &DocumentTree) -> Result<(), String> {
    for (name, value) in &record.fields {
        let value = match value {
            Value::Bytes(bytes) if *name == "data" => Json::from(encode_base64(bytes)),
            value => serde_json::to_value(JsonValue(value)).map_err(|error| error.to_string())?,
        };
        object.insert((*name).to_owned(), value);
    }
    for (word, parts) in record.parts.iter().filter(|(_, parts)| !parts.is_empty()) {
        let mut list = Vec::new();
        for part in parts {
            list.push(match part {
                NestedPart::Shorthand(text) => Json::from(text.as_str()),
                NestedPart::Record(record) => {
                    let mut inner = Map::new();
                    fill_object(&mut inner, record)?;
                    Json::Object(inner)
                }
            });
        }
        object.insert((*word).to_owned(), Json::Array(list));
    }
    Ok(())
}
