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
use crate::intake::text::lines::{LineIndex, offset_pos, position_in_bytes};
use crate::intake::unit::{Raw, Unit};
use crate::model::SourcePos;
use field::Codes;

/// Reads a TOML or JSON document as one unit, which is imported or rejected whole. Its problems are
/// in the order of the document; when there are any, its records are those that could still be
/// read.
pub fn read_document(bytes: &[u8], format: Format, codes: &dyn Codes) -> Unit {
    let mut unit = Unit::new(SourcePos::Whole, Raw::Whole);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let (line, column) = position_in_bytes(bytes, error.valid_up_to());
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            let what = format!("the byte 0x{byte:02x} is not UTF-8; save the document as UTF-8");
            unit.add_problem(&SourcePos::Line(line, column), what);
            return unit;
        }
    };
    let tree = match format {
        Format::Json => json::parse_json(text, 0),
        _ => toml::parse_toml(text),
    };
    let (records, mut found) = walk::read_document(tree, codes);
    found.sort_by_key(|(offset, _)| *offset);
    found.dedup();
    unit.records = records;
    unit.problems = found.into_iter().map(|(offset, what)| (offset_pos(offset), what)).collect();
    // Up to here positions are byte offsets.
    unit.resolve_positions(&LineIndex::new(text), 0);
    unit
}
