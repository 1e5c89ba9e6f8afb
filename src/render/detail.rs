//! All about one thing, in every format.

use super::json::JsonValue;
use super::{Format, Style, rows, visible};
use crate::model::{DetailView, Table, Value};
use serde_json::{Map, Value as Json, json};
use std::io::{self, Write};

/// Writes a sheet. Where a format can only hold one table, each fact and each cell becomes a row:
/// part, row, field, value.
///
/// # Errors
/// When `out` cannot be written to.
pub fn sheet(
    sheet: &DetailView,
    format: Format,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table => text(sheet, style, out),
        Format::Markdown | Format::Html => headed(sheet, format, style, out),
        Format::Json => {
            let object = serde_json::to_string_pretty(&object(sheet))?;
            writeln!(out, "{object}")
        }
        Format::Csv | Format::Tsv | Format::Ndjson => {
            flat(sheet).send(&mut *rows(format, style, out))
        }
    }
}

fn text(sheet: &DetailView, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", visible(&sheet.title()))?;
    // That nothing is remarked, and nothing withdrawn, needs no line.
    let silent = |name: &str| ["note", "withdrawn"].contains(&name);
    let facts = sheet.facts.iter().filter(|(n, v)| !(v.is_null() && silent(n)));
    let facts: Vec<(&str, Value)> =
        facts.map(|(name, value)| (name.as_str(), style.for_people(name, value))).collect();
    let facts: Vec<(&str, &Value)> = facts.iter().map(|(name, value)| (*name, value)).collect();
    super::text::pairs(&facts, "  ", style, out)?;
    for (title, table) in &sheet.sections {
        writeln!(out, "\n{title}")?;
        if table.columns.first().is_some_and(|name| name == "depth") {
            super::tree::draw(table, out)?;
            continue;
        }
        without_empty(table).send(&mut *rows(Format::Table, style, out))?;
    }
    Ok(())
}

/// The table without the columns in which nothing is stated.
fn without_empty(table: &Table) -> Table {
    let full: Vec<usize> = (0..table.columns.len())
        .filter(|n| table.rows.iter().any(|row| !row[*n].is_null()))
        .collect();
    Table {
        columns: full.iter().map(|n| table.columns[*n].clone()).collect(),
        rows: table.rows.iter().map(|row| full.iter().map(|n| row[*n].clone()).collect()).collect(),
    }
}

fn headed(sheet: &DetailView, format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut facts = Table::new(&["field", "value"]);
    for (name, value) in &sheet.facts {
        facts.rows.push(vec![Value::from(name.as_str()), style.for_people(name, value)]);
    }
    let first = (sheet.title(), facts);
    for (n, (title, table)) in std::iter::once(&first).chain(&sheet.sections).enumerate() {
        match format {
            Format::Html => writeln!(out, "<h2>{}</h2>", super::escape::escape(title))?,
            _ if n == 0 => writeln!(out, "## {}\n", visible(title))?,
            _ => writeln!(out, "\n### {}\n", visible(title))?,
        }
        table.send(&mut *rows(format, style, out))?;
    }
    Ok(())
}

fn object(sheet: &DetailView) -> Json {
    let value = |value: &Value| serde_json::to_value(JsonValue(value)).unwrap_or(Json::Null);
    let mut object = Map::new();
    object.insert("record".to_owned(), json!(sheet.word));
    object.insert("key".to_owned(), json!(sheet.key));
    for (name, fact) in &sheet.facts {
        object.insert(name.replace(' ', "_"), value(fact));
    }
    for (title, table) in &sheet.sections {
        let row = |row: &Vec<Value>| -> Json {
            table.columns.iter().cloned().zip(row.iter().map(value)).collect::<Map<_, _>>().into()
        };
        let rows: Vec<Json> = table.rows.iter().map(row).collect();
        object.insert(title.replace(' ', "_"), json!(rows));
    }
    object.into()
}

fn flat(sheet: &DetailView) -> Table {
    let mut flat = Table::new(&["part", "row", "field", "value"]);
    let mut push = |part: &str, row: usize, field: &str, value: &Value| {
        let row = i64::try_from(row).unwrap_or(i64::MAX);
        flat.rows.push(vec![part.into(), Value::Int(row), field.into(), value.clone()]);
    };
    push("facts", 1, "record", &sheet.word.as_str().into());
    push("facts", 1, "key", &sheet.key.as_str().into());
    for (name, value) in &sheet.facts {
        push("facts", 1, name, value);
    }
    for (title, table) in &sheet.sections {
        for (n, row) in table.rows.iter().enumerate() {
            for (name, value) in table.columns.iter().zip(row) {
                push(title, n + 1, name, value);
            }
        }
    }
    flat
}
