//! Bytes to records, or to numbered problems.
//!
//! A document is read into a tree that knows the place of every value, and the tree is walked
//! field by field, so that all problems of a document are found in one reading. Nothing here knows
//! of files or archives; the words of the code lists are handed in.

mod field;
mod json;
mod lines;
mod ndjson;
mod toml;
mod tree;
mod walk;

use crate::model::{Problem, Record, Spot};

pub use field::{Codes, read_flag};

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TOML, the form people write by hand.
    Toml,
    /// One JSON object, of the same shape.
    Json,
    /// One JSON object a line, each a row of a table.
    Ndjson,
}

impl Format {
    /// The words by which people name formats.
    pub const WORDS: [(&'static str, Format); 3] =
        [("toml", Format::Toml), ("json", Format::Json), ("ndjson", Format::Ndjson)];

    /// The format for a file name's ending, or for what the content begins with.
    pub fn guess(name: &str, text: &str) -> Format {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let named = match ending.as_deref() {
            Some("toml") => Some(Format::Toml),
            Some("json") => Some(Format::Json),
            Some("ndjson" | "jsonl") => Some(Format::Ndjson),
            _ => None,
        };
        named.unwrap_or_else(|| {
            let start = text.trim_start();
            if !start.starts_with('{') {
                Format::Toml
            } else if start.lines().next().is_some_and(|line| line.contains("\"table\"")) {
                Format::Ndjson
            } else {
                Format::Json
            }
        })
    }
}

/// A view that an export brings along: a report of the user's own.
#[derive(Clone, Debug)]
pub struct StoredView {
    /// Name of the view.
    pub name: String,
    /// Its CREATE VIEW statement.
    pub sql: String,
    /// Where it stands.
    pub spot: Spot,
}

/// What a document holds.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The records, in the order of the document, those inside others after them.
    pub records: Vec<Record>,
    /// Views that an export brings along.
    pub views: Vec<StoredView>,
}

/// Reads a document named `input` for messages. Problems come in the order of the document; when
/// there are any, the records are those that could be read all the same.
pub fn read(
    input: &str,
    bytes: &[u8],
    format: Option<Format>,
    codes: &dyn Codes,
) -> (Document, Vec<Problem>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let (line, column) = lines::position(bytes, error.valid_up_to());
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            let what = format!("the byte 0x{byte:02x} is not UTF-8; save the document as UTF-8");
            let spot = Spot::Line(line, column);
            return (Document::default(), vec![Problem { input: input.to_owned(), spot, what }]);
        }
    };
    let lines = lines::Lines::new(text);
    let (document, mut found) = match format.unwrap_or_else(|| Format::guess(input, text)) {
        Format::Toml => walk::document(toml::tree(text), codes),
        Format::Json => walk::document(json::tree(text, 0), codes),
        Format::Ndjson => ndjson::read(text, codes),
    };
    // Places are byte offsets until here; people count lines and columns.
    found.sort_by_key(|(offset, _)| *offset);
    found.dedup();
    let problems = found
        .into_iter()
        .map(|(offset, what)| Problem { input: input.to_owned(), spot: lines.spot(offset), what })
        .collect();
    (document.placed(&lines), problems)
}

impl Document {
    /// Turns the byte offsets of a fresh document into lines and columns.
    fn placed(mut self, lines: &lines::Lines<'_>) -> Self {
        fn place(record: &mut Record, lines: &lines::Lines<'_>) {
            lines.place(&mut record.spot);
            record.values.iter_mut().flatten().for_each(|given| lines.place(&mut given.spot));
            record.parts.iter_mut().for_each(|part| place(part, lines));
        }
        self.records.iter_mut().for_each(|record| place(record, lines));
        self.views.iter_mut().for_each(|view| lines.place(&mut view.spot));
        self
    }
}
