//! The output formats of rows, and the style of output for people.

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
}

impl Default for Style {
    fn default() -> Self {
        Style { width: None, absent: "not stated" }
    }
}
