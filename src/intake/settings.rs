//! Options for reading an input, as the user states them on the command line.

use crate::model::{DateOrder, RowPart, Signs, find_column};

/// The options for reading an input.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Pairs of a table column and the field it holds (`--map`); an empty field skips the column. A field
    /// of a figure may have a measure behind it, `low:Killed`: a row has a figure of each.
    pub map: Vec<(String, String)>,
    /// Pairs of a field and its value for all rows (`--set`).
    pub set: Vec<(String, String)>,
    /// Pairs of a field and its value where its cell is empty (`--fill`).
    pub fill: Vec<(String, String)>,
    /// The headings of a table that has none (`--header`): its first row is data.
    pub header: Option<Vec<String>>,
    /// The encoding of a table (`--encoding`); detected when `None`.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The delimiter between the cells of a table; detected when `None`.
    pub delimiter: Option<u8>,
    /// The signs of the numbers of a table (`--decimal`, `--grouping`), as far as they are given.
    pub signs: Signs,
    /// The order of day, month and year in dates of numbers (`--dates`); refused where two readings are
    /// possible when `None`.
    pub dates: Option<DateOrder>,
    /// The first two digits of years with two (`--century`).
    pub century: Option<i16>,
    /// Pairs of a table column and the sign that divides the names in its cells (`--split`); an empty
    /// sign says that a cell is one name.
    pub split: Vec<(String, String)>,
    /// Cells of a table that mean "not stated" (`--na`).
    pub na: Vec<String>,
    /// True if a quotation mark is text like any other (`--quotes literal`).
    pub literal_quotes: bool,
    /// The name of the worksheet to read; the first when `None`.
    pub sheet: Option<String>,
}

/// The content of a column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) struct Target<'a> {
    /// The name of the field, as the user or the table gives it.
    pub(in crate::intake) field: &'a str,
    /// The key or title of the measure of its figure, where the user names one for this column.
    pub(in crate::intake) measure: Option<&'a str>,
    /// True if the user mapped it.
    pub(in crate::intake) mapped: bool,
}

/// Returns true for the name of a field of a figure.
fn is_of_figure(field: &str) -> bool {
    find_column(field).is_some_and(|column| column.part == RowPart::Figure)
}

impl Settings {
    /// The field that a heading of a table stands for.
    pub(in crate::intake) fn target<'a>(&'a self, heading: &'a str) -> Target<'a> {
        let Some((_, to)) = self.map.iter().find(|(from, _)| from == heading) else {
            return Target { field: heading, measure: None, mapped: false };
        };
        match to.split_once(':') {
            Some((field, measure)) if is_of_figure(field) && !measure.trim().is_empty() => {
                Target { field, measure: Some(measure.trim()), mapped: true }
            }
            _ => Target { field: to, measure: None, mapped: true },
        }
    }

    /// Finds an encoding by its label, as the WHATWG Encoding Standard lists them.
    ///
    /// # Errors
    /// Fails when no encoding has this label.
    pub fn find_encoding(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
        encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            format!(
                "no encoding is called {name:?}; write utf-8, utf-16le or windows-1252, for example"
            )
        })
    }
}
