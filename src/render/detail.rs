//! One record in full, in every format.

use super::control_chars::show_control_chars;
use super::detail_page::write_page;
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
        Format::Table => write_page(detail, style, out),
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
