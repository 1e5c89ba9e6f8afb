//! A row of a table with the names of its columns.

use crate::model::SourcePos;

/// One row: the line on which it begins, the header, and its cells as text.
#[derive(Clone, Copy, Debug)]
pub(in crate::intake) struct Row<'a> {
    /// Line of the input, from 1; a row with line breaks inside has the first.
    pub(in crate::intake) line: usize,
    /// Names of the columns, in order.
    pub(in crate::intake) header: &'a [String],
    /// The cells; a row may be shorter than the header.
    pub(in crate::intake) cells: &'a [String],
}

impl<'a> Row<'a> {
    /// The cell of a column, without blanks around it; nothing where it is empty or there is no such
    /// column.
    pub(in crate::intake) fn get(&self, column: &str) -> Option<&'a str> {
        let position = self.header.iter().position(|name| name == column)?;
        self.cells.get(position).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// Where a cell stands.
    pub(in crate::intake) fn pos(&self, column: &str) -> SourcePos {
        SourcePos::Cell(self.line, column.to_owned())
    }
}
