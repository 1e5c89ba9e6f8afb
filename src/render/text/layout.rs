//! The widths of the columns of a table for people: as wide as their cells where there is room, else
//! shared out so that no word, and if possible no key, is broken.

use super::super::terminal_width::{longest_piece, longest_word, width};

/// The number of blanks between two columns.
pub(super) const GAP: usize = 2;
/// The longest word that is never broken, in cells; an address is longer.
const LONGEST_WHOLE: usize = 60;
/// What the lines of a broken key leave free together, in cells.
const SLACK: usize = 8;
/// The width that a long text gets while keys are whole, and when they are broken at their hyphens.
const TEXT: (usize, usize) = (20, 16);

/// The widths of what stands in a column, in cells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    /// The widest cell on one line.
    pub natural: usize,
    /// The longest word.
    word: usize,
    /// The longest piece of a key that is broken at its hyphens.
    piece: usize,
}

impl Extent {
    /// Takes note of one more cell.
    pub(super) fn add(&mut self, text: &str) {
        for line in text.lines() {
            self.natural = self.natural.max(width(line));
        }
        self.word = self.word.max(longest_word(text).min(LONGEST_WHOLE));
        // A key takes three lines or little more.
        let third = (longest_word(text).min(LONGEST_WHOLE) + SLACK).div_ceil(3);
        self.piece = self.piece.max(longest_piece(text).min(LONGEST_WHOLE)).max(third);
    }

    /// Leaves room for longer cells of the rows to come.
    pub(super) fn widen(&mut self) {
        for width in [&mut self.natural, &mut self.word, &mut self.piece] {
            *width += *width / 4;
        }
    }
}

/// Returns the width of each column in a table of at most `room` cells; `None` if the columns would become too
/// narrow to read.
pub(super) fn fit(columns: &[Extent], room: usize) -> Option<Vec<usize>> {
    let room = room.checked_sub(GAP * columns.len().saturating_sub(1))?;
    let least = |of: fn(&Extent) -> usize, text: usize| -> Vec<usize> {
        columns.iter().map(|column| of(column).max(text.min(column.natural))).collect()
    };
    let mut tried = [
        least(|column| column.natural, 0),
        least(|column| column.word, TEXT.0),
        least(|column| column.piece, TEXT.1),
        least(|column| column.piece, 0),
    ]
    .into_iter();
    let mut widths = tried.find(|widths| widths.iter().sum::<usize>() <= room)?;
    // What is left goes, cell by cell, to the column that has to break its text most often.
    for _ in widths.iter().sum::<usize>()..room {
        let lines = |n: usize| columns[n].natural as f64 / widths[n].max(1) as f64;
        let wanting = (0..widths.len()).filter(|n| widths[*n] < columns[*n].natural);
        let Some(most) = wanting.max_by(|a, b| lines(*a).total_cmp(&lines(*b))) else { break };
        widths[most] += 1;
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use super::{Extent, fit};

    fn extent(cells: &[&str]) -> Extent {
        let mut extent = Extent::default();
        cells.iter().for_each(|cell| extent.add(cell));
        extent
    }

    #[test]
    fn columns_are_as_wide_as_their_cells_where_there_is_room() {
        let columns = [extent(&["a", "bridge-closed"]), extent(&["The bridge is closed"])];
        assert_eq!(fit(&columns, 35), Some(vec![13, 20]));
        assert_eq!(fit(&columns, 200), Some(vec![13, 20]));
        assert_eq!(fit(&columns, 34), Some(vec![13, 19]), "the text is broken, not the key");
    }

    #[test]
    fn a_text_keeps_a_readable_width_and_keys_are_broken_at_hyphens_first() {
        let text = "The road bridge at Hallow is closed to all traffic since Monday";
        let columns = [extent(&["road-bridge-at-hallow-closed"]), extent(&[text])];
        assert_eq!(fit(&columns, 28 + 2 + 20), Some(vec![28, 20]));
        // One cell less, and the key gives way, since the text would be too narrow.
        let narrow = fit(&columns, 28 + 2 + 19).unwrap_or_default();
        assert!(narrow[0] < 28 && narrow[1] > 19, "{narrow:?}");
        assert_eq!(narrow.iter().sum::<usize>() + 2, 28 + 2 + 19, "all the room is used");
        assert!(fit(&columns, 12 + 2 + 7).is_some());
        assert_eq!(fit(&columns, 12 + 2 + 6), None, "no word is broken, and no key in four");
    }

    #[test]
    fn dates_are_never_broken() {
        let columns = [extent(&["2021-06-29T09:00:00Z"]), extent(&["a b c"])];
        assert_eq!(fit(&columns, 22 + 3), Some(vec![20, 3]));
        assert_eq!(fit(&columns, 22 + 2), None);
    }

    #[test]
    fn many_columns_fit_or_do_not() {
        assert_eq!(fit(&[], 0), Some(vec![]));
        assert_eq!(fit(&[Extent::default(); 3], 3), None, "the blanks between them need four");
    }
}
