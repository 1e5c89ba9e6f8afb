//! What the cells of a column show together, before its rows are read: one cell may settle how the others
//! are read.

use crate::intake::settings::Settings;
use crate::intake::text::amounts::Notation;
use crate::intake::text::dates::DatesSeen;
use crate::model::{Signs, SignsSeen, Type, find_column, note_signs};

/// What is looked for in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sought {
    /// Nothing: its cells have one reading.
    Nothing,
    /// The signs of its numbers.
    Signs,
    /// The order of its dates.
    Dates,
}

/// Returns what to look for in each column of a header: the signs of amounts and bounds, where digits may
/// be grouped, and the order of dates.
pub(super) fn sought_in(header: &[String], settings: &Settings) -> Vec<Sought> {
    let sought = |name: &String| {
        let field = find_column(settings.target(name).field).map(|column| column.definition());
        match field.map(|field| field.ty) {
            // Signs that the user names are those of every column.
            Some(Type::Number)
                if settings.signs == Signs::UNKNOWN
                    && field.is_some_and(|field| field.degrees.is_none()) =>
            {
                Sought::Signs
            }
            Some(Type::Date) => Sought::Dates,
            _ => Sought::Nothing,
        }
    };
    header.iter().map(sought).collect()
}

/// What the cells of a column show so far.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::intake) struct ColumnSeen {
    signs: SignsSeen,
    dates: DatesSeen,
}

impl ColumnSeen {
    /// Notes what a cell shows.
    pub(super) fn note(&mut self, sought: Sought, text: &str) {
        match sought {
            Sought::Nothing => {}
            Sought::Signs => note_signs(text, &mut self.signs),
            Sought::Dates => self.dates.note(text),
        }
    }

    /// How the cells of the column are read; what the user says comes first.
    pub(super) fn settle(self, settings: &Settings) -> Notation {
        Notation {
            signs: self.signs.settle(settings.signs),
            dates: self.dates.settle(settings.dates, settings.century),
            in_table: true,
            per_cent: false,
        }
    }
}
