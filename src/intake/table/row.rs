//! A row of a table, with access to cells by the name of their column.

use crate::model::SourcePos;

/// A row: its line, the header and the cells as text.
#[derive(Clone, Copy, Debug)]
pub(in crate::intake) struct Row<'a> {
    /// The line of the input on which it begins, from 1.
    pub(in crate::intake) line: usize,
    /// The names of the columns, in order.
    pub(in crate::intake) header: &'a [String],
    /// The cells; a row may be shorter than the header.
    pub(in crate::intake) cells: &'a [String],
}

impl<'a> Row<'a> {
    /// Returns the trimmed cell of a column; `None` where it is empty or there is no such column.
    pub(in crate::intake) fn get(&self, column: &str) -> Option<&'a str> {
        let position = self.header.iter().position(|name| name == column)?;
        self.cells.get(position).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// Returns the position of a cell.
    pub(in crate::intake) fn pos(&self, column: &str) -> SourcePos {
        SourcePos::Cell(self.line, column.to_owned())
    }
}
