//! Names and values, a line each; long values are wrapped within their column.

use super::super::format::Style;
use super::super::terminal_width::{pad, terminal_line, width, wrap};
use super::cell::{cell_text, layout_text};
use crate::model::Value;
use std::io::{self, Write};

/// The number of blanks between a name and its value.
const GAP: usize = 2;
/// The narrowest column of values.
const NARROWEST: usize = 20;

/// Writes names and values, after an indent.
pub(in crate::render) fn write_pairs(
    pairs: &[(&str, &Value)],
    indent: &str,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let texts: Vec<(String, String)> =
        pairs.iter().map(|(name, value)| (layout_text(name), cell_text(value, style))).collect();
    let texts: Vec<(&str, &str)> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    write_texts(&texts, indent, style, out)
}

/// Writes words and what they mean, indented.
///
/// # Errors
/// Fails if `out` cannot be written to.
pub fn write_definitions(
    pairs: &[(String, Value)],
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pairs: Vec<(&str, &Value)> =
        pairs.iter().map(|(name, value)| (name.as_str(), value)).collect();
    write_pairs(&pairs, "  ", style, out)
}

/// Writes names and texts that are ready to be laid out.
pub(super) fn write_texts(
    pairs: &[(&str, &str)],
    indent: &str,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let names = pairs.iter().map(|(name, _)| width(name)).max().unwrap_or(0) + GAP;
    let room = style.width.map(|all| all.saturating_sub(indent.len() + names).max(NARROWEST));
    for (name, text) in pairs {
        let lines: Vec<String> = text
            .lines()
            .flat_map(|line| match room {
                Some(room) if width(line) > room => wrap(line, room),
                _ => vec![line.to_owned()],
            })
            .collect();
        for n in 0..lines.len().max(1) {
            let name = if n == 0 { *name } else { "" };
            let text = lines.get(n).map_or("", String::as_str);
            writeln!(out, "{}", terminal_line(&format!("{indent}{}{text}", pad(name, names))))?;
        }
    }
    Ok(())
}
