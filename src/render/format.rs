//! The output formats of rows, and the style of output for people.

use crate::model::Value;

/// The format in which rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for people.
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
    /// The words by which the command line names the formats.
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

/// The style of output for people, which depends on where it goes.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The width of the terminal in cells; `None` leaves long lines unwrapped.
    pub width: Option<usize>,
    /// The text that stands for NULL.
    pub absent: &'static str,
    /// The most lines that a cell of a table takes; what is left of it becomes `…`. `None` for all.
    pub max_lines: Option<usize>,
    /// True to group the digits of long numbers: 107,000.
    pub group_digits: bool,
    /// True to write a block of lines for each row instead of a table.
    pub record: bool,
    /// True for a terminal that shows colours.
    pub color: bool,
    /// True to write texts in CSV as they are, also those that a spreadsheet program would take for a formula.
    pub raw_texts: bool,
}

impl Default for Style {
    fn default() -> Self {
        Style {
            width: None,
            absent: "not stated",
            max_lines: None,
            group_digits: false,
            record: false,
            color: false,
            raw_texts: false,
        }
    }
}

/// Words for NULL in columns where "not stated" would mislead: a source without a grade was not
/// graded.
const ABSENT_WORDS: [(&str, &str); 1] = [("reliability", "not graded")];

impl Style {
    /// Returns the words that stand for NULL in a column.
    pub(super) fn absent_in(self, column: &str) -> &'static str {
        let own = ABSENT_WORDS.iter().find(|(name, _)| *name == column);
        match own {
            Some((_, words)) if self.absent == Style::default().absent => words,
            _ => self.absent,
        }
    }

    /// Returns the value of a column as people read it: NULL in words, where the column has its
    /// own.
    pub(super) fn for_people(self, column: &str, value: &Value) -> Value {
        let absent = self.absent_in(column);
        match value {
            Value::Null if absent != self.absent => Value::from(absent),
            value => value.clone(),
        }
    }
}
