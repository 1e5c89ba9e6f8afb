//! A Markdown table (GitHub's dialect).

use super::control_chars::show_control_chars;
use super::format::Style;
use crate::model::{RowSink, Value};
use std::io::{self, Write};

pub(super) struct Markdown<'a> {
    style: Style,
    out: &'a mut dyn Write,
    results: usize,
}

impl<'a> Markdown<'a> {
    pub(super) fn new(style: Style, out: &'a mut dyn Write) -> Self {
        Markdown { style, out, results: 0 }
    }

    fn write_line(&mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        let cells: Vec<String> = cells.collect();
        writeln!(self.out, "| {} |", cells.join(" | "))
    }
}

/// Escapes the characters that would end a cell or begin markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in show_control_chars(text).chars() {
        match c {
            '\\' | '|' | '`' | '*' | '[' => escaped.extend(['\\', c]),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\n' => escaped.push_str("<br>"),
            c => escaped.push(c),
        }
    }
    escaped
}

impl RowSink for Markdown<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        if self.results > 0 {
            writeln!(self.out)?;
        }
        self.results += 1;
        self.write_line(columns.iter().map(|name| escape(name)))?;
        self.write_line(columns.iter().map(|_| "---".to_owned()))
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        let absent = self.style.absent;
        self.write_line(row.iter().map(|value| match value {
            Value::Null => absent.to_owned(),
            value => escape(&value.to_string()),
        }))
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}
