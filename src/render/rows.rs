//! The choice of a writer for rows by format.

use super::format::{Format, Style};
use super::{csv, html, json, markdown, text, tsv};
use crate::model::{RowSink, Value};
use std::io::{self, Write};

/// Returns a sink that writes rows to `out` in this format.
pub fn row_sink<'a>(format: Format, style: Style, out: &'a mut dyn Write) -> Box<dyn RowSink + 'a> {
    let people = |sink| Box::new(AbsentWords { sink, style, columns: Vec::new() });
    match format {
        Format::Table => people(Box::new(text::Text::new(style, out))),
        Format::Csv => Box::new(csv::Csv::new(!style.raw_texts, out)),
        Format::Tsv => Box::new(tsv::Tsv::new(out)),
        Format::Json => Box::new(json::Json::array(out)),
        Format::Ndjson => Box::new(json::Json::lines(out)),
        Format::Markdown => people(Box::new(markdown::Markdown::new(style, out))),
        Format::Html => people(Box::new(html::Html::new(style, out))),
    }
}

/// A sink in front of one for people: it writes the words for NULL in columns that have their own.
struct AbsentWords<'a> {
    sink: Box<dyn RowSink + 'a>,
    style: Style,
    columns: Vec<String>,
}

impl RowSink for AbsentWords<'_> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.columns = columns.to_vec();
        self.sink.begin(columns)
    }

    fn row(&mut self, row: &[Value]) -> io::Result<()> {
        let cells = self.columns.iter().zip(row);
        let cells = cells.map(|(name, value)| self.style.for_people(name, value));
        self.sink.row(&cells.collect::<Vec<_>>())
    }

    fn end(&mut self) -> io::Result<()> {
        self.sink.end()
    }
}
