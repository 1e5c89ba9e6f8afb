//! The choice of a writer for rows by format.

use super::format::{Format, Style};
use super::{csv, html, json, markdown, text, tsv};
use crate::model::RowSink;
use std::io::Write;

/// Returns a sink that writes rows to `out` in this format.
pub fn row_sink<'a>(format: Format, style: Style, out: &'a mut dyn Write) -> Box<dyn RowSink + 'a> {
    match format {
        Format::Table => Box::new(text::Text::new(style, out)),
        Format::Csv => Box::new(csv::Csv::new(out)),
        Format::Tsv => Box::new(tsv::Tsv::new(out)),
        Format::Json => Box::new(json::Json::array(out)),
        Format::Ndjson => Box::new(json::Json::lines(out)),
        Format::Markdown => Box::new(markdown::Markdown::new(style, out)),
        Format::Html => Box::new(html::Html::new(style, out)),
    }
}
