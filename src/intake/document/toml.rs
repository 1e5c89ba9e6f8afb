//! TOML to a tree with positions, with all syntax errors in one pass.

use super::tree::{Entry, Node, OffsetProblem, Tree};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Parses a TOML document. The tree holds what could be parsed despite errors.
pub(in crate::intake) fn parse_toml(text: &str) -> (Node, Vec<OffsetProblem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let problems = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or_default();
            let what = error.message().trim().replace('\n', "; ");
            // Quote the offending word, when the error spans a single short one.
            let word =
                text.get(span.clone()).filter(|word| !word.trim().is_empty() && word.len() < 40);
            let word = word.filter(|word| !word.contains('\n')).map(|word| format!(": {word}"));
            (span.start, format!("not TOML: {what}{}", word.unwrap_or_default()))
        })
        .collect();
    let at = table.span().start;
    (Node { at, tree: convert_table(table.into_inner()) }, problems)
}

fn convert_table(table: DeTable<'_>) -> Tree {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(name, value)| Entry {
            at: name.span().start,
            name: name.into_inner().into_owned(),
            node: convert_value(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.at);
    Tree::Table(entries)
}

fn convert_value(value: Spanned<DeValue<'_>>) -> Node {
    let at = value.span().start;
    let tree = match value.into_inner() {
        DeValue::String(text) => Tree::Text(text.into_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(whole) => Tree::Number(whole.to_string()),
            // Too large for an i64: kept as written, for the field to reject, without losing
            // digits.
            Err(_) if number.radix() == 10 => Tree::Number(number.as_str().to_owned()),
            Err(_) => Tree::Number(format!("0x{}", number.as_str())),
        },
        DeValue::Float(number) => Tree::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Tree::Bool(flag),
        DeValue::Datetime(moment) => Tree::Moment(moment.to_string()),
        DeValue::Array(list) => Tree::List(list.into_iter().map(convert_value).collect()),
        DeValue::Table(inner) => convert_table(inner),
    };
    Node { at, tree }
}
