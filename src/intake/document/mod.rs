//! Documents of our own, in TOML or JSON: read into a tree that knows the position of every value,
//! then walked field by field.

pub(super) mod field;
pub(super) mod json;
mod json_repair;
pub(super) mod toml;
pub(super) mod tree;
pub(super) mod walk;

use super::format::Format;
use super::text::lines;
use super::unit::StoredView;
use crate::model::{Problem, Record, SourcePos};
use field::Codes;

/// What a document holds.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The records, in the order of the document, those inside others after them.
    pub records: Vec<Record>,
    /// Views that an export brings along.
    pub views: Vec<StoredView>,
}

/// Reads a TOML or JSON document named `input` for messages. Problems come in the order of the document; when
/// there are any, the records are those that could be read all the same.
pub fn read(
    input: &str,
    bytes: &[u8],
    format: Format,
    codes: &dyn Codes,
) -> (Document, Vec<Problem>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let (line, column) = lines::position(bytes, error.valid_up_to());
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            let what = format!("the byte 0x{byte:02x} is not UTF-8; save the document as UTF-8");
            let pos = SourcePos::Line(line, column);
            return (Document::default(), vec![Problem { input: input.to_owned(), pos, what }]);
        }
    };
    let lines = lines::Lines::new(text);
    let tree = match format {
        Format::Json => json::tree(text, 0),
        _ => toml::tree(text),
    };
    let (document, mut found) = walk::document(tree, codes);
    // Places are byte offsets until here; people count lines and columns.
    found.sort_by_key(|(offset, _)| *offset);
    found.dedup();
    let problems = found
        .into_iter()
        .map(|(offset, what)| Problem { input: input.to_owned(), pos: lines.pos(offset), what })
        .collect();
    (document.placed(&lines), problems)
}

impl Document {
    /// Turns the byte offsets of a fresh document into lines and columns.
    fn placed(mut self, lines: &lines::Lines<'_>) -> Self {
        fn place(record: &mut Record, lines: &lines::Lines<'_>) {
            lines.place(&mut record.pos);
            record.values.iter_mut().flatten().for_each(|given| lines.place(&mut given.pos));
            record.parts.iter_mut().for_each(|part| place(part, lines));
        }
        self.records.iter_mut().for_each(|record| place(record, lines));
        self.views.iter_mut().for_each(|view| lines.place(&mut view.pos));
        self
    }
}
