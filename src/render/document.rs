//! Records as documents: TOML for people, NDJSON for programs.

use super::json::{JsonValue, encode};
use crate::model::{DocumentTree, NestedPart, Value};
use serde_json::{Map, Value as Json};
use toml::{Table, Value as Toml};

/// One record as TOML, under `[[word]]`, with what stands inside it.
///
/// # Errors
/// When a value has no form in TOML.
pub fn toml_record(word: &str, record: &DocumentTree) -> Result<String, String> {
    let mut root = Table::new();
    root.insert(word.to_owned(), Toml::Array(vec![Toml::Table(table(record))]));
    toml::to_string(&root).map_err(|error| error.to_string())
}

/// The head of a document: its version and what the archive is about.
///
/// # Errors
/// When a value has no form in TOML.
pub fn toml_archive(word: &str, record: &DocumentTree) -> Result<String, String> {
    let mut root = Table::new();
    root.insert("onrecord".to_owned(), Toml::Integer(1));
    root.insert(word.to_owned(), Toml::Table(table(record)));
    toml::to_string(&root).map_err(|error| error.to_string())
}

fn table(record: &DocumentTree) -> Table {
    let mut table = Table::new();
    for (name, value) in &record.fields {
        let value = match value {
            // TOML has no null: what is not stated is not written.
            Value::Null => continue,
            Value::Int(number) => Toml::Integer(*number),
            Value::Real(number) => Toml::Float(*number),
            Value::Text(text) => Toml::String(text.clone()),
            Value::Bytes(bytes) => Toml::String(encode(bytes)),
        };
        table.insert((*name).to_owned(), value);
    }
    // Plain lists before tables, as TOML wants them.
    let words =
        |parts: &[NestedPart]| parts.iter().all(|part| matches!(part, NestedPart::Shorthand(_)));
    for plain in [true, false] {
        for (word, parts) in record.parts.iter().filter(|(_, p)| !p.is_empty() && words(p) == plain)
        {
            let list = parts.iter().map(|part| match part {
                NestedPart::Shorthand(text) => Toml::String(text.clone()),
                NestedPart::Record(record) => Toml::Table(self::table(record)),
            });
            table.insert((*word).to_owned(), Toml::Array(list.collect()));
        }
    }
    table
}

/// One row of a table as a line of NDJSON, every column named, what is not stated as null.
///
/// # Errors
/// Never, unless memory runs out.
pub fn ndjson_row(name: &str, record: &DocumentTree) -> Result<String, String> {
    let mut object = Map::new();
    object.insert("table".to_owned(), Json::from(name));
    fill(&mut object, record)?;
    serde_json::to_string(&object).map_err(|error| error.to_string())
}

fn fill(object: &mut Map<String, Json>, record: &DocumentTree) -> Result<(), String> {
    for (name, value) in &record.fields {
        let value = match value {
            Value::Bytes(bytes) if *name == "data" => Json::from(encode(bytes)),
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
                    fill(&mut inner, record)?;
                    Json::Object(inner)
                }
            });
        }
        object.insert((*word).to_owned(), Json::Array(list));
    }
    Ok(())
}
