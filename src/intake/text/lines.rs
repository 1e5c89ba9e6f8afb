//! Lines and columns from byte offsets.

use crate::model::SourcePos;

/// Where the lines of a text begin.
pub(in crate::intake) struct Lines<'a> {
    text: &'a str,
    /// Whether a character is a byte.
    ascii: bool,
    starts: Vec<usize>,
}

/// While a document is read, places are byte offsets, kept as the column of line 0.
pub(in crate::intake) fn at(offset: usize) -> SourcePos {
    SourcePos::Line(0, offset)
}

impl<'a> Lines<'a> {
    pub(in crate::intake) fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Lines { text, ascii: text.is_ascii(), starts }
    }

    /// Line and column, from 1, of a byte offset; the column counts characters.
    pub(in crate::intake) fn pos(&self, offset: usize) -> SourcePos {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let before = match self.text.get(start..offset) {
            Some(_) if self.ascii => offset - start,
            before => before.unwrap_or_default().chars().count(),
        };
        SourcePos::Line(line, before + 1)
    }

    /// Puts a place that is still an offset into lines and columns.
    pub(in crate::intake) fn place(&self, pos: &mut SourcePos) {
        if let SourcePos::Line(0, offset) = *pos {
            *pos = self.pos(offset);
        }
    }
}

/// Line and column of an offset in bytes that are not all text.
pub(in crate::intake) fn position(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = &bytes[..offset.min(bytes.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    (line, String::from_utf8_lossy(&before[start..]).chars().count() + 1)
}
