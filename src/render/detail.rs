//! One record in full, in every format.

use super::control_chars::show_control_chars;
use super::digits::group_digits;
use super::format::{Format, Style};
use super::json::JsonValue;
use super::rows::row_sink;
use crate::model::{DetailView, Table, Value};
use serde_json::{Map, Value as Json, json};
use std::io::{self, Write};

/// Writes a detail view. In a format that holds a single table, each fact and each cell becomes a
/// row: part, row, field, value.
///
/// # Errors
/// Fails if `out` cannot be written to.
pub fn write_detail(
    detail: &DetailView,
    format: Format,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table => write_text(detail, style, out),
        Format::Markdown | Format::Html => write_headed_tables(detail, format, style, out),
        Format::Json => {
            let object = serde_json::to_string_pretty(&json_object(detail))?;
            writeln!(out, "{object}")
        }
        Format::Csv | Format::Tsv | Format::Ndjson => {
            flat_table(detail).send(&mut *row_sink(format, style, out))
        }
    }
}

fn write_text(detail: &DetailView, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", show_control_chars(&detail.title()))?;
    // These are left out when empty, instead of shown as "not stated".
    let optional = |name: &str| ["note", "withdrawn"].contains(&name);
    let facts = detail.facts.iter().filter(|(n, v)| !(v.is_null() && optional(n)));
    let facts: Vec<(&str, Value)> =
        facts.map(|(name, value)| (name.as_str(), fact(name, value, style))).collect();
    let facts: Vec<(&str, &Value)> = facts.iter().map(|(name, value)| (*name, value)).collect();
    super::text::write_pairs(&facts, "  ", style, out)?;
    for (title, table) in &detail.sections {
        writeln!(out, "\n{title}")?;
        if table.columns.first().is_some_and(|name| name == "depth") {
            super::tree::draw_tree(table, out)?;
            continue;
        }
        without_empty_columns(&in_words(table)).send(&mut *row_sink(Format::Table, style, out))?;
    }
    Ok(())
}

/// Returns the value of a fact as people read it.
fn fact(name: &str, value: &Value, style: Style) -> Value {
    match value {
        Value::Int(_) | Value::Real(_) if style.group_digits => {
            Value::Text(group_digits(&value.to_string()))
        }
        value => style.for_people(name, value),
    }
}

/// The parts of a figure, which its words say together.
const PARTS: [&str; 10] =
    ["qualifier", "value", "low", "high", "unit", "out_of", "as_of", "lower", "upper", "assumed"];

/// Returns figures with their words in place of the parts, and what they can mean where that is not one number.
/// Any other table comes back as it is.
fn in_words(table: &Table) -> Table {
    let position = |name: &str| table.columns.iter().position(|column| column == name);
    let (Some(words), Some(lower), Some(upper), Some(assumed)) =
        (position("number"), position("lower"), position("upper"), position("assumed"))
    else {
        return table.clone();
    };
    let is_kept = |n: &usize| !PARTS.contains(&table.columns[*n].as_str());
    let kept: Vec<usize> = (0..table.columns.len()).filter(is_kept).collect();
    let means: Vec<Option<String>> = table
        .rows
        .iter()
        .map(|row| range_in_words(&row[lower], &row[upper], row[assumed] == Value::Int(1)))
        .zip(&table.rows)
        .map(|(range, row)| range.filter(|range| row[words].as_text() != Some(range)))
        .collect();
    let mut told = Table {
        columns: kept.iter().map(|n| table.columns[*n].clone()).collect(),
        rows: table.rows.iter().map(|row| kept.iter().map(|n| row[*n].clone()).collect()).collect(),
    };
    if means.iter().any(Option::is_some) {
        let number = told.columns.iter().position(|name| name == "number").map_or(0, |at| at + 1);
        told.columns.insert(number, "can_mean".to_owned());
        for (row, range) in told.rows.iter_mut().zip(means) {
            // A number that is one number means just that.
            row.insert(number, Value::Text(range.unwrap_or_default()));
        }
    }
    told
}

/// Formats the bounds of a number; `None` if they are one, or both are open. One end alone is said by the words
/// ("over 100"), unless it is assumed.
fn range_in_words(lower: &Value, upper: &Value, assumed: bool) -> Option<String> {
    let whole = |bound: &Value| match bound {
        Value::Real(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        bound => bound.to_string(),
    };
    let words = match (lower, upper) {
        (Value::Null, Value::Null) => return None,
        (lower, upper) if lower == upper => return None,
        (Value::Null, _) | (_, Value::Null) if !assumed => return None,
        (lower, Value::Null) => format!("{} or more", whole(lower)),
        (Value::Null, upper) => format!("{} or less", whole(upper)),
        (lower, upper) => format!("{} to {}", whole(lower), whole(upper)),
    };
    Some(if assumed { format!("{words}, assumed") } else { words })
}

/// Returns the table without its empty columns.
fn without_empty_columns(table: &Table) -> Table {
    let full: Vec<usize> = (0..table.columns.len())
        .filter(|n| table.rows.iter().any(|row| !row[*n].is_null()))
        .collect();
    Table {
        columns: full.iter().map(|n| table.columns[*n].clone()).collect(),
        rows: table.rows.iter().map(|row| full.iter().map(|n| row[*n].clone()).collect()).collect(),
    }
}

fn write_headed_tables(
    detail: &DetailView,
    format: Format,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut facts = Table::new(&["field", "value"]);
    for (name, value) in &detail.facts {
        facts.rows.push(vec![Value::from(name.as_str()), style.for_people(name, value)]);
    }
    let first = (detail.title(), facts);
    for (n, (title, table)) in std::iter::once(&first).chain(&detail.sections).enumerate() {
        match format {
            Format::Html => writeln!(out, "<h2>{}</h2>", super::escape::escape(title))?,
            _ if n == 0 => writeln!(out, "## {}\n", show_control_chars(title))?,
            _ => writeln!(out, "\n### {}\n", show_control_chars(title))?,
        }
        table.send(&mut *row_sink(format, style, out))?;
    }
    Ok(())
}

fn json_object(detail: &DetailView) -> Json {
    let value = |value: &Value| serde_json::to_value(JsonValue(value)).unwrap_or(Json::Null);
    let mut object = Map::new();
    object.insert("record".to_owned(), json!(detail.word));
    object.insert("key".to_owned(), json!(detail.key));
    for (name, fact) in &detail.facts {
        object.insert(name.replace(' ', "_"), value(fact));
    }
    for (title, table) in &detail.sections {
        let row = |row: &Vec<Value>| -> Json {
            table.columns.iter().cloned().zip(row.iter().map(value)).collect::<Map<_, _>>().into()
        };
        let rows: Vec<Json> = table.rows.iter().map(row).collect();
        object.insert(title.replace(' ', "_"), json!(rows));
    }
    object.into()
}

/// Returns the facts and sections as one table of part, row, field and value.
fn flat_table(detail: &DetailView) -> Table {
    let mut flat = Table::new(&["part", "row", "field", "value"]);
    let mut push = |part: &str, row: usize, field: &str, value: &Value| {
        let row = i64::try_from(row).unwrap_or(i64::MAX);
        flat.rows.push(vec![part.into(), Value::Int(row), field.into(), value.clone()]);
    };
    push("facts", 1, "record", &detail.word.as_str().into());
    push("facts", 1, "key", &detail.key.as_str().into());
    for (name, value) in &detail.facts {
        push("facts", 1, name, value);
    }
    for (title, table) in &detail.sections {
        for (n, row) in table.rows.iter().enumerate() {
            for (name, value) in table.columns.iter().zip(row) {
                push(title, n + 1, name, value);
            }
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::{in_words, range_in_words};
    use crate::model::{Table, Value};

    #[test]
    fn figures_are_told_by_their_words_and_what_they_can_mean() {
        let mut table =
            Table::new(&["figure", "number", "said", "value", "lower", "upper", "assumed", "note"]);
        let text = |text: &str| Value::from(text);
        let row = |number: &str, lower, upper, assumed| {
            vec![
                text("f"),
                text(number),
                Value::Null,
                Value::Int(1),
                lower,
                upper,
                Value::Int(assumed),
                text("n"),
            ]
        };
        table.rows = vec![
            row("66000 to 69000", Value::Int(66_000), Value::Int(69_000), 0),
            row("about 100", Value::Real(90.0), Value::Int(110), 1),
            row("350", Value::Int(350), Value::Int(350), 0),
            row("at least 140", Value::Int(140), Value::Null, 0),
            row("several", Value::Int(3), Value::Null, 1),
        ];
        let told = in_words(&table);
        assert_eq!(told.columns, ["figure", "number", "can_mean", "said", "note"]);
        let means: Vec<String> = told.rows.iter().map(|row| row[2].to_string()).collect();
        assert_eq!(means, ["", "90 to 110, assumed", "", "", "3 or more, assumed"]);
        let exact = Table { rows: vec![table.rows[2].clone()], ..table };
        assert_eq!(in_words(&exact).columns, ["figure", "number", "said", "note"]);
        assert_eq!(range_in_words(&Value::Null, &Value::Null, false), None);
        let other = Table::new(&["place", "lower"]);
        assert_eq!(in_words(&other), other);
    }
}
