//! Problems found in an input, with their positions.

use std::fmt;

/// The longest name of a row that is shown whole, in characters. It has several parts, and another tool writes what it
/// likes into each.
const MAX_ROW_NAME: usize = 500;

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
            SourcePos::Row(row) => match row.char_indices().nth(MAX_ROW_NAME) {
                None => write!(f, "{}: {row}: {}", self.input, self.what),
                Some((at, _)) => write!(f, "{}: {}…: {}", self.input, &row[..at], self.what),
            },
            SourcePos::Flag(flag) => write!(f, "{flag}: {}", self.what),
            SourcePos::Whole if self.input.is_empty() => f.write_str(&self.what),
            SourcePos::Whole => write!(f, "{}: {}", self.input, self.what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, SourcePos};

    #[test]
    fn a_problem_names_its_position_as_far_as_there_is_one() {
        let said = |input: &str, pos: SourcePos| {
            Problem { input: input.to_owned(), pos, what: "no".to_owned() }.to_string()
        };
        assert_eq!(said("a.toml", SourcePos::Line(3, 5)), "a.toml:3:5: no");
        assert_eq!(
            said("a.csv", SourcePos::Cell(3, "kind".to_owned())),
            "a.csv:3: column kind: no"
        );
        assert_eq!(said("b.db", SourcePos::Row("claim c".to_owned())), "b.db: claim c: no");
        let names = ["ö".repeat(500), "ö".repeat(501)];
        let [whole, cut] = names.map(|name| said("b.db", SourcePos::Row(name)));
        assert_eq!(whole, format!("b.db: {}: no", "ö".repeat(500)));
        assert_eq!(cut, format!("b.db: {}…: no", "ö".repeat(500)));
        assert_eq!(said("", SourcePos::Flag("--kind".to_owned())), "--kind: no");
        assert_eq!(said("a.toml", SourcePos::Whole), "a.toml: no");
        assert_eq!(said("", SourcePos::Whole), "no");
    }
}
