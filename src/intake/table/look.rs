//! A column of a table as it is looked at: the words of its heading, and what its cells hold.

use crate::intake::claimreview::ratings::{RatingMatch, status_for_words};
use crate::intake::text::dates::{DateFault, DateNotation, read_date};
use crate::model::{
    AmountFault, AxisOrder, Signs, is_nothing_stated, read_amount, split_coordinates,
};

/// Words of headings whose numbers are no counts of anything.
const NO_COUNTS: [&str; 19] = [
    "id",
    "code",
    "key",
    "year",
    "month",
    "precision",
    "x",
    "y",
    "iso",
    "timestamp",
    "inter",
    "interaction",
    "zip",
    "phone",
    "page",
    "index",
    "row",
    "time",
    "version",
];

/// Prefixes of the lower and the upper end of a pair of columns.
const LOWER: [&str; 5] = ["min", "minimum", "low", "lower", "least"];
const UPPER: [&str; 5] = ["max", "maximum", "high", "upper", "most"];

/// The share of the cells of a column that has to be of one kind.
const NEARLY_ALL: f64 = 0.9;

/// A column of the table as it is looked at.
pub(super) struct Look<'a> {
    pub(super) heading: &'a str,
    /// The words of the heading in lower case.
    pub(super) words: String,
    /// Its cells that hold something.
    pub(super) cells: Vec<&'a str>,
}

impl<'a> Look<'a> {
    pub(super) fn of(heading: &'a str, n: usize, rows: &'a [Vec<String>]) -> Self {
        let cells = rows.iter().filter_map(|row| row.get(n)).map(|cell| cell.trim());
        let cells = cells.filter(|cell| !cell.is_empty() && !is_nothing_stated(cell)).collect();
        Look { heading, words: words_of(heading), cells }
    }

    /// Returns true if nearly all cells are so; false for a column without cells.
    pub(super) fn is(&self, so: impl Fn(&str) -> bool) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "a sample of a few hundred rows")]
        let share =
            self.cells.iter().filter(|cell| so(cell)).count() as f64 / self.cells.len() as f64;
        !self.cells.is_empty() && share >= NEARLY_ALL
    }

    pub(super) fn holds_sentences(&self) -> bool {
        self.is(|cell| cell.split_whitespace().count() >= 3)
    }

    pub(super) fn holds_addresses(&self) -> bool {
        self.is(|cell| cell.starts_with("http://") || cell.starts_with("https://"))
    }

    /// Returns true for cells of two coordinates, in whatever order.
    pub(super) fn holds_coordinates(&self) -> bool {
        let is_both = |cell: &str| match split_coordinates(cell, AxisOrder::LatLon) {
            // Two whole numbers may be anything.
            Ok((lat, lon)) => lat.contains('.') && lon.contains('.'),
            Err(_) => false,
        };
        self.is(is_both)
    }

    pub(super) fn holds_dates(&self) -> bool {
        // A year or a count alone is a number as well.
        self.is(|cell| {
            let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
            let read = read_date(cell, DateNotation::default());
            !is_number && matches!(read, Ok(_) | Err(DateFault::Ambiguous(..)))
        })
    }

    pub(super) fn holds_verdicts(&self) -> bool {
        self.is(|cell| matches!(status_for_words(cell), RatingMatch::Known(_)))
    }

    pub(super) fn is_count(&self) -> bool {
        !self.words.split(' ').any(|word| NO_COUNTS.contains(&word)) && self.holds_amounts()
    }

    pub(super) fn holds_amounts(&self) -> bool {
        self.is(|cell| {
            let read = read_amount(cell, Signs::UNKNOWN);
            matches!(read, Ok(_) | Err(AmountFault::Ambiguous(_)))
        })
    }
}

/// The words of a heading in lower case, also of one written in camel case.
pub(super) fn words_of(heading: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for c in heading.chars() {
        if !c.is_alphanumeric() {
            words.push(' ');
        } else {
            if c.is_uppercase() && before.is_lowercase() {
                words.push(' ');
            }
            words.extend(c.to_lowercase());
        }
        before = c;
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits the words of a heading into the end of a range that it names, before or behind, and what is
/// counted.
pub(super) fn end_of_range(words: &str) -> Option<(&'static str, &str)> {
    let end = |word: &str| match () {
        () if LOWER.contains(&word) => Some("low"),
        () if UPPER.contains(&word) => Some("high"),
        () => None,
    };
    let before = words.split_once(' ').and_then(|(first, rest)| Some((end(first)?, rest.trim())));
    before.or_else(|| {
        let (rest, last) = words.rsplit_once(' ')?;
        Some((end(last)?, rest.trim()))
    })
}

/// Takes the words for an estimate between two ends off a heading such as `Deaths best`.
pub(super) fn best_of_range(words: &str) -> &str {
    let best = ["best estimate", "estimate", "best", "central"];
    let without = best
        .into_iter()
        .find_map(|word| words.strip_suffix(word).or_else(|| words.strip_prefix(word)));
    without.map_or(words, str::trim)
}

/// A title made of the words of a heading.
pub(super) fn title_of(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
