//! JSON to the tree. serde_json keeps no places; jsonc-parser does, and is held to plain JSON.

use super::tree::{Entry, Found, Node, Tree};
use crate::model::quoted;
use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use std::collections::HashSet;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
};

/// Reads a JSON value that begins `offset` bytes into its document.
pub(super) fn tree(text: &str, offset: usize) -> (Node, Vec<Found>) {
    let mut problems = Vec::new();
    let nothing = Node { at: offset, tree: Tree::Table(Vec::new()) };
    let node = match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => match parsed.value {
            Some(value) => node(value, offset, &mut problems),
            None => {
                problems.push((offset, "not JSON: there is nothing in it".to_owned()));
                nothing
            }
        },
        Err(error) => {
            let what = error.kind().to_string();
            problems
                .push((offset + error.range().start, format!("not JSON: {}", what.to_lowercase())));
            nothing
        }
    };
    (node, problems)
}

fn node(value: Value<'_>, offset: usize, problems: &mut Vec<Found>) -> Node {
    let at = offset + value.start();
    let tree = match value {
        Value::NullKeyword(_) => Tree::Null,
        Value::BooleanLit(flag) => Tree::Bool(flag.value),
        Value::NumberLit(number) => Tree::Number(number.value.to_owned()),
        Value::StringLit(text) => Tree::Text(text.value.into_owned()),
        Value::Array(list) => Tree::List(
            list.elements.into_iter().map(|value| node(value, offset, problems)).collect(),
        ),
        Value::Object(object) => {
            let mut entries: Vec<Entry> = Vec::new();
            let mut names = HashSet::new();
            for property in object.properties {
                let at = offset + property.range.start;
                let name = match property.name {
                    ObjectPropName::String(name) => name.value.into_owned(),
                    ObjectPropName::Word(name) => name.value.to_owned(),
                };
                if !names.insert(name.clone()) {
                    problems.push((at, format!("{} stands here a second time", quoted(&name))));
                    continue;
                }
                entries.push(Entry { name, at, node: node(property.value, offset, problems) });
            }
            Tree::Table(entries)
        }
    };
    Node { at, tree }
}
