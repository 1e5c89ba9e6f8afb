//! Cells as people read them.

use super::super::control_chars::show_control_chars;
use super::super::format::Style;
use super::super::terminal_width::separate_ligatures;
use crate::model::Value;

/// Formats a value for people, ready to be laid out.
pub(super) fn cell_text(value: &Value, style: Style) -> String {
    match value {
        Value::Null => style.absent.to_owned(),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        // Six decimals are enough for reading; other formats keep them all. Smaller numbers are not
        // rounded, lest they become 0.
        Value::Real(number) if number.fract() != 0.0 && (1e-3..1e9).contains(&number.abs()) => {
            let short = format!("{number:.6}");
            short.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        other => layout_text(&other.to_string()),
    }
}

/// Prepares text to be laid out. A tab becomes a space, since its width is unknown.
pub(super) fn layout_text(text: &str) -> String {
    separate_ligatures(&show_control_chars(text)).replace('\t', " ")
}
