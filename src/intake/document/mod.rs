//! Our own documents, in TOML or JSON.
//!
//! `toml` and `json` parse the text to a `tree` in which every value has a position; `walk` turns
//! the tree into records and problems, so that one reading finds all problems; `field` checks each
//! value against the type of its field.

pub(super) mod field;
pub(super) mod json;
mod json_repair;
pub(super) mod toml;
pub(super) mod tree;
pub(super) mod walk;

use crate::intake::format::Format;
use crate::intake::text::lines;
use crate::model::{Problem, Record, SourcePos};
use field::Codes;

pub use walk::Document;

/// Reads a TOML or JSON document; `input` is its name in messages. Problems are in the order of the
/// document; when there are any, the records are those that could still be read.
pub fn read(
    input: &str,
    bytes: &[u8],
    format: Format,
    codes: &dyn Codes,
) -> (Document, Vec<Problem>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let (line, column) = lines::position_in_bytes(bytes, error.valid_up_to());
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            let what = format!("the byte 0x{byte:02x} is not UTF-8; save the document as UTF-8");
            let pos = SourcePos::Line(line, column);
            return (Document::default(), vec![Problem { input: input.to_owned(), pos, what }]);
        }
    };
    let lines = lines::LineIndex::new(text);
    let tree = match format {
        Format::Json => json::parse_json(text, 0),
        _ => toml::parse_toml(text),
    };
    let (document, mut found) = walk::read_document(tree, codes);
    // Up to here positions are byte offsets.
    found.sort_by_key(|(offset, _)| *offset);
    found.dedup();
    let problems = found
        .into_iter()
        .map(|(offset, what)| Problem { input: input.to_owned(), pos: lines.resolve(offset), what })
        .collect();
    (document.resolve_positions(&lines), problems)
}

impl Document {
    /// Converts byte offsets in all positions to lines and columns.
    fn resolve_positions(mut self, lines: &lines::LineIndex<'_>) -> Self {
        fn resolve_record(record: &mut Record, lines: &lines::LineIndex<'_>) {
            lines.resolve_pos(&mut record.pos);
            record.values.iter_mut().flatten().for_each(|given| lines.resolve_pos(&mut given.pos));
            record.parts.iter_mut().for_each(|part| resolve_record(part, lines));
        }
        self.records.iter_mut().for_each(|record| resolve_record(record, lines));
        self.views.iter_mut().for_each(|view| lines.resolve_pos(&mut view.pos));
        self
    }
}
