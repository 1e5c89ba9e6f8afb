//! TOML to the tree, with all its syntax errors at once.

use super::tree::{Entry, Found, Node, Tree};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a TOML document.
pub(in crate::intake) fn tree(text: &str) -> (Node, Vec<Found>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let problems = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or_default();
            let what = error.message().trim().replace('\n', "; ");
            // The word itself says more than its place, where it is one.
            let word =
                text.get(span.clone()).filter(|word| !word.trim().is_empty() && word.len() < 40);
            let word = word.filter(|word| !word.contains('\n')).map(|word| format!(": {word}"));
            (span.start, format!("not TOML: {what}{}", word.unwrap_or_default()))
        })
        .collect();
    let at = table.span().start;
    (Node { at, tree: self::table(table.into_inner()) }, problems)
}

fn table(table: DeTable<'_>) -> Tree {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(name, value)| Entry {
            at: name.span().start,
            name: name.into_inner().into_owned(),
            node: node(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.at);
    Tree::Table(entries)
}

fn node(value: Spanned<DeValue<'_>>) -> Node {
    let at = value.span().start;
    let tree = match value.into_inner() {
        DeValue::String(text) => Tree::Text(text.into_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(whole) => Tree::Number(whole.to_string()),
            // Kept as written, for the field to refuse: no digits are lost on the way.
            Err(_) if number.radix() == 10 => Tree::Number(number.as_str().to_owned()),
            Err(_) => Tree::Number(format!("0x{}", number.as_str())),
        },
        DeValue::Float(number) => Tree::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Tree::Bool(flag),
        DeValue::Datetime(moment) => Tree::Moment(moment.to_string()),
        DeValue::Array(list) => Tree::List(list.into_iter().map(node).collect()),
        DeValue::Table(inner) => table(inner),
    };
    Node { at, tree }
}
