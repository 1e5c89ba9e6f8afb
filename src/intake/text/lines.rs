//! Conversion of byte offsets to lines and columns.

use crate::model::SourcePos;

/// An index of the line starts of a text.
pub(in crate::intake) struct LineIndex<'a> {
    text: &'a str,
    /// True when every character is one byte.
    ascii: bool,
    starts: Vec<usize>,
}

/// A position that is still a byte offset: it is stored as the column of line 0 until
/// [`LineIndex::resolve_pos`] converts it.
pub(in crate::intake) fn offset_pos(offset: usize) -> SourcePos {
    SourcePos::Line(0, offset)
}

impl<'a> LineIndex<'a> {
    pub(in crate::intake) fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        LineIndex { text, ascii: text.is_ascii(), starts }
    }

    /// Converts a byte offset to a line and column, both from 1; the column counts characters.
    pub(in crate::intake) fn resolve(&self, offset: usize) -> SourcePos {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let before = match self.text.get(start..offset) {
            Some(_) if self.ascii => offset - start,
            before => before.unwrap_or_default().chars().count(),
        };
        SourcePos::Line(line, before + 1)
    }

    /// Converts a position that is still a byte offset; leaves any other as it is.
    pub(in crate::intake) fn resolve_pos(&self, pos: &mut SourcePos) {
        if let SourcePos::Line(0, offset) = *pos {
            *pos = self.resolve(offset);
        }
    }
}

/// Converts an offset in bytes that are not all valid UTF-8 to a line and column.
pub(in crate::intake) fn position_in_bytes(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = &bytes[..offset.min(bytes.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    (line, String::from_utf8_lossy(&before[start..]).chars().count() + 1)
}
