//! Problems found in an input, with their positions.

use std::fmt;

/// A position in an input.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourcePos {
    /// A line and column of a document, both from 1; the column counts characters.
    Line(usize, usize),
    /// A line of a table, from 1, and the name of the column in its header.
    Cell(usize, String),
    /// A row of an archive, by its kind and key.
    Row(String),
    /// A flag of the command line.
    Flag(String),
    /// The input as a whole.
    #[default]
    Whole,
}

/// One problem in one input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The input: a file as the user named it; empty for the command line.
    pub input: String,
    /// The position in the input.
    pub pos: SourcePos,
    /// The message: the problem and, where it helps, the text to write instead.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.pos {
            SourcePos::Line(line, column) => {
                write!(f, "{}:{line}:{column}: {}", self.input, self.what)
            }
            SourcePos::Cell(line, column) => {
                write!(f, "{}:{line}: column {column}: {}", self.input, self.what)
            }
            SourcePos::Row(row) => write!(f, "{}: {row}: {}", self.input, self.what),
            SourcePos::Flag(flag) => write!(f, "{flag}: {}", self.what),
            SourcePos::Whole if self.input.is_empty() => f.write_str(&self.what),
            SourcePos::Whole => write!(f, "{}: {}", self.input, self.what),
        }
    }
}
