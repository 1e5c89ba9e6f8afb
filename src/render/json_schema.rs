//! The JSON Schema of documents (2020-12), for editors that validate while a person writes.
//!
//! It is generated from the kinds, as the parser is. It is as strict as possible without an
//! archive, which alone knows the valid keys. An existing record needs only its key, so
//! descriptions, not
//! `required`, name the fields that a new record needs.

use crate::model::{ASSESSMENT, Field, Kind, Nested, Type, document_kinds, kind_of_table};
use serde_json::{Map, Value as Json, json};

const KEY: &str = "[a-z0-9]+(-[a-z0-9]+)*";
const NUMBER: &str = r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?";

/// Builds the schema of a document. `codes` returns the codes of a code list by its table.
pub fn document_schema(codes: &dyn Fn(&str) -> Vec<String>) -> Json {
    let mut parts = Map::new();
    let about = "The address of this schema, for editors; it is not read";
    parts.insert("$schema".to_owned(), json!({ "type": "string", "description": about }));
    let about = "The version of the document format";
    parts.insert("onrecord".to_owned(), json!({ "const": 1, "description": about }));
    let mut defs = Map::new();
    for kind in document_kinds() {
        let part = if kind.identity.is_empty() {
            json!({ "$ref": reference(kind.word) })
        } else {
            let items = json!({ "$ref": reference(kind.word) });
            json!({ "description": kind.about, "type": "array", "items": items })
        };
        parts.insert(kind.word.to_owned(), part);
        defs.insert(kind.word.to_owned(), record_schema(kind, None, codes));
        add_nested(kind, &mut defs, codes);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:onrecord:document:1",
        "title": "onrecord document",
        "description": "Sourced claims: who said what, where, when and how many, and what was checked",
        "type": "object",
        "required": ["onrecord"],
        "properties": parts,
        "additionalProperties": false,
        "$defs": defs,
    })
}

fn reference(name: &str) -> String {
    format!("#/$defs/{name}")
}

/// Returns the name of the schema of a nested record, which lacks the reference to its parent.
fn nested_name(kind: &Kind, nested: &Nested) -> String {
    format!("{}_inside_{}", nested.kind.word, kind.word)
}

/// Adds the schemas of the records nested in a kind.
fn add_nested(kind: &Kind, defs: &mut Map<String, Json>, codes: &dyn Fn(&str) -> Vec<String>) {
    for nested in kind.nested {
        let schema = record_schema(nested.kind, Some(nested.parent), codes);
        defs.insert(nested_name(kind, nested), schema);
        add_nested(nested.kind, defs, codes);
    }
}

fn record_schema(kind: &Kind, parent: Option<&str>, codes: &dyn Fn(&str) -> Vec<String>) -> Json {
    let mut properties = Map::new();
    let (mut required, mut stated) = (Vec::new(), Vec::new());
    for field in kind.fields.iter().filter(|f| (!f.derived || f.told) && Some(f.name) != parent) {
        properties.insert(field.name.to_owned(), value_schema(kind, field, codes));
        if kind.must_be_stated(field) {
            if kind.keyed() && kind.makes_keys() {
                stated.push(field.name);
            } else if !kind.keyed() || field.name == "key" {
                required.push(field.name);
            }
        }
    }
    for nested in kind.nested {
        properties.insert(nested.word.to_owned(), list_schema(kind, nested));
    }
    let mut schema = json!({
        "description": kind.about,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if kind.keyed() && kind.makes_keys() {
        // A row that is there already is named by its key; a new one may do without.
        schema["anyOf"] = json!([{ "required": ["key"] }, { "required": stated }]);
    }
    schema
}

/// Builds the schema of a list of nested records: objects, or strings for those with a shorthand.
fn list_schema(kind: &Kind, nested: &Nested) -> Json {
    let object = json!({ "$ref": reference(&nested_name(kind, nested)) });
    let field = |name: &str| nested.kind.fields.iter().find(|field| field.name == name);
    let items = match nested.shorthand.and_then(field) {
        None => object,
        Some(short) => {
            // Evidence names the kind of a record that is not a source: claim:KEY.
            let others = nested.kind.fields.iter().filter(|other| {
                let refers = matches!(other.ty, Type::Ref(_));
                let names = nested.kind.identity.contains(&other.name);
                refers && names && other.name != short.name && other.name != nested.parent
            });
            let others: Vec<&str> = others.map(|other| other.name).collect();
            let mut word = json!({ "type": "string", "description": short.about });
            word["pattern"] = match (short.ty, others.as_slice()) {
                (Type::Ref(table), []) if goes_by_name(table) => json!("[^ ]"),
                (Type::Ref(_), []) => json!(format!("^{KEY}$")),
                (Type::Ref(_), others) => json!(format!("^(({}):)?{KEY}$", others.join("|"))),
                _ => json!("[^ ]"),
            };
            if !others.is_empty() {
                word["examples"] =
                    json!(["key-of-a-source", format!("{}:key-of-a-{}", others[0], others[0])]);
            }
            json!({ "anyOf": [word, object] })
        }
    };
    json!({ "description": nested.kind.about, "type": "array", "items": items })
}

/// Returns true if records may refer to those of a table by what they are called.
fn goes_by_name(table: &str) -> bool {
    kind_of_table(table).is_some_and(Kind::goes_by_name)
}

fn value_schema(kind: &Kind, field: &Field, codes: &dyn Fn(&str) -> Vec<String>) -> Json {
    let mut schema = match field.ty {
        Type::Ref(table) if goes_by_name(table) => json!({ "type": "string", "pattern": "[^ ]" }),
        Type::Key | Type::Ref(_) | Type::RefIn(_) => {
            json!({ "type": "string", "pattern": format!("^{KEY}$") })
        }
        Type::Text => json!({ "type": "string", "pattern": "[^ ]" }),
        Type::Date => json!({
            "type": ["string", "integer"],
            "pattern": "[0-9]",
            "examples": ["2021", "2021-06", "2021-06-28?", "2021-06-28T14:30", "2021-06-XX", "2009-05/2019-12-31", "../2021-09-11"],
        }),
        Type::Time => json!({ "type": "string", "examples": ["2021-06-29T09:00:00Z"] }),
        Type::Hash => json!({ "type": "string", "pattern": "^[0-9A-Fa-f]{64}$" }),
        Type::Number => json!({
            "type": ["number", "string"],
            "pattern": format!("^{NUMBER}( ?/ ?{NUMBER})?$"),
            "examples": [407, 0.5, "1/3"],
        }),
        Type::Integer | Type::Id(_) => json!({ "type": "integer" }),
        Type::Flag => json!({ "type": "boolean" }),
        Type::Bytes => json!({ "type": "string", "contentEncoding": "base64" }),
        Type::Any => json!({}),
        Type::Code(table) => {
            let mut words = codes(table);
            if kind.is(&ASSESSMENT) {
                // The status of a claim without a verdict; a verdict cannot state it.
                words.retain(|word| word != "unassessed");
            }
            json!({ "enum": words })
        }
        Type::CodeNumber(table) => {
            let numbers = codes(table).into_iter().filter_map(|code| code.parse::<i64>().ok());
            json!({ "enum": numbers.collect::<Vec<_>>() })
        }
    };
    if !field.required {
        allow_null(&mut schema);
    }
    let needed = kind.must_be_stated(field) && kind.keyed() && field.name != "key";
    let needed = if needed { "; needed for a new record" } else { "" };
    schema["description"] = json!(format!("{}{needed}", field.about));
    if let Some(default) = field.default {
        schema["default"] = json!(default);
    }
    schema
}

/// Allows `null`, which empties an optional field.
fn allow_null(schema: &mut Json) {
    if let Some(Json::Array(words)) = schema.get_mut("enum") {
        words.push(Json::Null);
    }
    match schema.get_mut("type") {
        Some(Json::Array(types)) => types.push(json!("null")),
        Some(one) => *one = json!([one.clone(), "null"]),
        None => {}
    }
}
