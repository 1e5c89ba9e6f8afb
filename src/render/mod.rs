//! Rows, charts, sheets and records to bytes. Pure: no SQL, no files; each format escapes for
//! itself and knows nothing of the others.

mod chart;
mod control_chars;
mod csv;
mod detail;
mod document;
mod escape;
mod html;
mod json;
mod json_schema;
mod markdown;
pub mod site;
mod terminal_width;
mod text;
mod toml_template;
mod tree;
mod tsv;
mod workbook;

use crate::model::{RowSink, Value};
use std::io::Write;

pub use chart::{chart, svg};
pub use control_chars::visible;
pub use csv::{Cells, cells_writer};
pub use detail::sheet;
pub use document::{ndjson_row, toml_archive, toml_record};
pub use json_schema::document_schema;
pub use toml_template::{KnownFields, template};
pub use workbook::Workbook;

/// How rows are written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Columns for people.
    #[default]
    Table,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// Tab-separated values, a row a line: a tab, a line break or a backslash inside a cell is
    /// written `\t`, `\n`, `\r` or `\\`.
    Tsv,
    /// One array of objects keyed by column.
    Json,
    /// One object keyed by column on each line.
    Ndjson,
    /// A Markdown table.
    Markdown,
    /// An HTML table.
    Html,
}

impl Format {
    /// The words by which people name formats.
    pub const WORDS: [(&'static str, Format); 7] = [
        ("table", Format::Table),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("json", Format::Json),
        ("ndjson", Format::Ndjson),
        ("markdown", Format::Markdown),
        ("html", Format::Html),
    ];
}

/// What a format needs to know of where its output goes.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal; `None` writes lines as long as they are.
    pub width: Option<usize>,
    /// What stands for NULL where people read.
    pub absent: &'static str,
}

impl Default for Style {
    fn default() -> Self {
        Style { width: None, absent: "not stated" }
    }
}

impl Style {
    /// Returns the words for NULL in a column where people read: a source that nobody graded is not graded.
    fn absent_in(self, column: &str) -> &'static str {
        match column {
            "reliability" if self.absent == Style::default().absent => "not graded",
            _ => self.absent,
        }
    }

    /// Returns the value of a column as people read it, where its NULL has words of its own.
    fn for_people(self, column: &str, value: &Value) -> Value {
        let absent = self.absent_in(column);
        match value {
            Value::Null if absent != self.absent => Value::from(absent),
            value => value.clone(),
        }
    }
}

/// A sink in front of one for people, which writes the words for NULL where a column has its own.
struct AbsentWords<'a> {
    sink: Box<dyn RowSink + 'a>,
    style: Style,
    columns: Vec<String>,
}

impl RowSink for AbsentWords<'_> {
    fn begin(&mut self, columns: &[String]) -> std::io::Result<()> {
        self.columns = columns.to_vec();
        self.sink.begin(columns)
    }

    fn row(&mut self, row: &[Value]) -> std::io::Result<()> {
        let said =
            self.columns.iter().zip(row).map(|(name, value)| self.style.for_people(name, value));
        self.sink.row(&said.collect::<Vec<_>>())
    }

    fn end(&mut self) -> std::io::Result<()> {
        self.sink.end()
    }
}

/// A sink that writes rows to `out` as `format` wants them.
pub fn rows<'a>(format: Format, style: Style, out: &'a mut dyn Write) -> Box<dyn RowSink + 'a> {
    let people = |sink| Box::new(AbsentWords { sink, style, columns: Vec::new() });
    match format {
        Format::Table => people(Box::new(text::Text::new(style, out))),
        Format::Csv => Box::new(csv::Csv::new(out)),
        Format::Tsv => Box::new(tsv::Tsv::new(out)),
        Format::Json => Box::new(json::Json::array(out)),
        Format::Ndjson => Box::new(json::Json::lines(out)),
        Format::Markdown => people(Box::new(markdown::Markdown::new(style, out))),
        Format::Html => people(Box::new(html::Html::new(style, out))),
    }
}
