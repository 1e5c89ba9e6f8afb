//! Our own documents, in TOML or JSON.
//!
//! `toml` and `json` parse the text to a `tree` in which every value has a position; `walk` turns
//! the tree into records and problems, so that one reading finds all problems; `field` checks each
//! value against the type of its field, and `everyday_words` knows what people call the codes of lists.

mod everyday_words;
pub(super) mod field;
pub(super) mod json;
pub(super) mod json_repair;
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

#[cfg(test)]
mod tests {
    use super::read_document;
    use crate::intake::document::field::Codes;
    use crate::intake::format::Format;

    struct NoCodes;

    impl Codes for NoCodes {
        fn of(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
    }

    fn problems(format: Format, text: &str) -> Vec<String> {
        let unit = read_document(text.as_bytes(), format, &NoCodes);
        unit.problems.into_iter().map(|(_, what)| what).collect()
    }

    #[test]
    fn a_document_names_its_version_unless_its_syntax_is_wrong() {
        let missing = ["the document does not begin with `onrecord = 1`"];
        assert_eq!(problems(Format::Toml, "claim = []"), missing);
        assert_eq!(problems(Format::Json, "{\"claim\": []}"), missing);
        assert_eq!(problems(Format::Toml, "onrecord = 1"), [""; 0]);
        for (format, other) in [(Format::Toml, "onrecord = 2"), (Format::Json, "{\"onrecord\": 2}")]
        {
            assert_eq!(problems(format, other), ["this program reads documents of version 1"]);
        }
        let broken = problems(Format::Toml, "claim = nope");
        assert!(broken.iter().any(|what| what.starts_with("not TOML: ")), "{broken:?}");
        assert!(!broken.contains(&missing[0].to_owned()), "{broken:?}");
    }

    #[test]
    fn the_schema_that_editors_read_is_named_by_a_text() {
        let schema = |value: &str| {
            problems(Format::Json, &format!("{{\"$schema\": {value}, \"onrecord\": 1}}"))
        };
        assert_eq!(schema("\"https://s.example\""), [""; 0]);
        assert_eq!(schema("5"), ["$schema is text: the schema's address"]);
    }

    #[test]
    fn a_syntax_error_quotes_the_word_that_it_is_about() {
        let quoted = problems(Format::Toml, "onrecord = 1\nclaim = nope");
        assert!(quoted.iter().any(|what| what.ends_with(": nope")), "{quoted:?}");
        let unfinished = problems(Format::Toml, "onrecord = 1\nclaim = ");
        assert!(
            unfinished.iter().all(|what| what.trim_end_matches(": ") == what),
            "{unfinished:?}"
        );
    }
}
