//! The empty tables that people fill in: their example row, and the sign by which an import knows it.
//!
//! The columns and the example of each table are data on [`Kind`] (`template`). The example never
//! becomes a record, and a row that only looks like it is never left out: see [`ExampleRow`].

use super::all::KINDS;
use super::kind::{EXAMPLE_MARK, Kind};
use super::spreadsheet_columns::{Column, find_column};

/// The text in the first cell of a worksheet that explains a table or holds its lists. An import
/// passes such a worksheet over.
pub const NOT_READ: &str = "onrecord import does not read this worksheet";

/// A row of a table that has to do with an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleRow {
    /// It has the mark, and each of its other cells is empty or that of an example.
    Shipped,
    /// It has the mark, and a cell that no example has.
    Altered,
    /// It is an example without the mark.
    Unmarked,
}

/// The kinds for which there is an empty table.
pub fn template_kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().copied().filter(|kind| !kind.template.is_empty())
}

/// The examples that a table may hold, by the positions of their columns in its header.
#[derive(Debug)]
pub struct Examples {
    /// The column at each position of the header, also where the user has it passed over.
    columns: Vec<Option<&'static Column>>,
    /// Each example whose columns the header has, without its first cell: position and text.
    whole: Vec<Vec<(usize, &'static str)>>,
    /// The positions of keys.
    keys: Vec<usize>,
}

impl Examples {
    /// Finds the examples for a header and the columns that are read of it. A column that is passed over
    /// has a mark all the same.
    pub fn of(header: &[String], read: &[Option<&'static Column>]) -> Self {
        let column = |(name, column): (&String, &Option<&'static Column>)| {
            column.or_else(|| find_column(name))
        };
        let columns: Vec<Option<&'static Column>> = header.iter().zip(read).map(column).collect();
        let position = |name: &str| {
            columns.iter().position(|column| column.is_some_and(|column| column.name == name))
        };
        let whole = |kind: &'static Kind| -> Option<Vec<(usize, &'static str)>> {
            let cells = kind.template.iter().skip(1);
            cells.map(|(name, text)| Some((position(name)?, *text))).collect()
        };
        let is_key = |n: &usize| columns[*n].is_some_and(|column| column.field == "key");
        Examples {
            whole: template_kinds().filter_map(whole).collect(),
            keys: (0..columns.len()).filter(is_key).collect(),
            columns,
        }
    }

    /// Tells if a row is an example; `None` for any other row.
    pub fn judge(&self, cells: &[String]) -> Option<ExampleRow> {
        let cell = |n: usize| cells.get(n).map_or("", |cell| cell.trim());
        let Some(mark) = self.keys.iter().find(|n| cell(**n).eq_ignore_ascii_case(EXAMPLE_MARK))
        else {
            let is_it =
                |example: &Vec<(usize, &str)>| example.iter().all(|(n, text)| cell(*n) == *text);
            return self.whole.iter().any(is_it).then_some(ExampleRow::Unmarked);
        };
        let stated = |n: &usize| n != mark && !cell(*n).is_empty();
        let is_from = |kind: &'static Kind| {
            (0..cells.len()).filter(stated).all(|n| {
                let column = self.columns.get(n).copied().flatten();
                kind.template.iter().any(|(name, text)| {
                    column.is_some_and(|column| column.name == *name) && cell(n) == *text
                })
            })
        };
        let shipped = template_kinds().any(is_from);
        Some(if shipped { ExampleRow::Shipped } else { ExampleRow::Altered })
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, ExampleRow, Examples, find_column, template_kinds};
    use crate::model::{EXAMPLE_MARK, check_key};

    /// Judges a row of cells under these headings.
    fn judge(cells: &[(&str, &str)]) -> Option<ExampleRow> {
        let header: Vec<String> = cells.iter().map(|(name, _)| (*name).to_owned()).collect();
        let texts: Vec<String> = cells.iter().map(|(_, text)| (*text).to_owned()).collect();
        let read: Vec<Option<&'static Column>> =
            header.iter().map(|name| find_column(name)).collect();
        let judged = Examples::of(&header, &read).judge(&texts);
        // A column that is passed over has a mark all the same.
        let skipped = vec![None; read.len()];
        assert_eq!(Examples::of(&header, &skipped).judge(&texts), judged);
        judged
    }

    #[test]
    fn every_template_begins_with_a_key_that_the_mark_cannot_be() {
        assert!(check_key(EXAMPLE_MARK).is_err());
        let mut number = 0;
        for kind in template_kinds() {
            let (first, mark) = kind.template[0];
            assert_eq!(mark, EXAMPLE_MARK, "{}", kind.table);
            assert!(find_column(first).is_some_and(|column| column.field == "key"), "{first}");
            for (name, text) in kind.template {
                assert!(find_column(name).is_some_and(|column| column.name == *name), "{name}");
                assert!(!text.trim().is_empty() || *name == "due", "{name}");
            }
            number += 1;
        }
        assert!(number > 5);
    }

    #[test]
    fn only_the_example_as_shipped_is_left_out() {
        for kind in template_kinds() {
            let shipped: Vec<(&str, &str)> = kind.template.to_vec();
            assert_eq!(judge(&shipped), Some(ExampleRow::Shipped), "{}", kind.table);
            let mut sorted = shipped.clone();
            sorted.reverse();
            assert_eq!(judge(&sorted), Some(ExampleRow::Shipped), "{}", kind.table);
            for n in 1..shipped.len() {
                let mut cleared = shipped.clone();
                cleared[n].1 = "";
                assert_eq!(judge(&cleared), Some(ExampleRow::Shipped), "{}", cleared[n].0);
                let mut altered = shipped.clone();
                altered[n].1 = "mine";
                assert_eq!(judge(&altered), Some(ExampleRow::Altered), "{}", altered[n].0);
            }
            for first in ["", "my-key"] {
                let mut unmarked = shipped.clone();
                unmarked[0].1 = first;
                assert_eq!(judge(&unmarked), Some(ExampleRow::Unmarked), "{}", kind.table);
                unmarked[1].1 = "mine";
                assert_eq!(judge(&unmarked), None, "{}", kind.table);
            }
        }
    }

    #[test]
    fn a_cell_of_another_column_is_no_part_of_the_example() {
        assert_eq!(judge(&[("claim", EXAMPLE_MARK)]), Some(ExampleRow::Shipped));
        assert_eq!(judge(&[("claim", " Example: DELETE this row ")]), Some(ExampleRow::Shipped));
        let noted = [("claim", EXAMPLE_MARK), ("claim_note", "x")];
        assert_eq!(judge(&noted), Some(ExampleRow::Altered));
        let skipped = [("claim", EXAMPLE_MARK), ("colour", "x")];
        assert_eq!(judge(&skipped), Some(ExampleRow::Altered));
        assert_eq!(judge(&[("text", EXAMPLE_MARK)]), None, "a text may say anything");
    }
}
