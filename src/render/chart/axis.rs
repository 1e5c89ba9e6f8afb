//! The axis of a chart, which maps values to positions.

use super::mark::Mark;
use super::words;
use crate::model::ChartKind;

/// The range of values that an axis shows.
pub(super) struct Axis {
    kind: ChartKind,
    least: f64,
    most: f64,
    /// `true` for each end beyond which an arrow needs room: below the least, above the most.
    open: (bool, bool),
}

impl Axis {
    /// Builds the axis of these marks; `None` if they hold no number.
    pub fn of<'a>(kind: ChartKind, marks: impl Iterator<Item = &'a Mark>) -> Option<Axis> {
        let mut ends: Vec<f64> = Vec::new();
        let mut open = (false, false);
        for mark in marks {
            match *mark {
                Mark::Unknown => {}
                // Bars begin at zero, so that their lengths can be compared.
                Mark::Bar(number) => ends.extend([0.0, number]),
                Mark::Range(least, most) => {
                    ends.extend(least.into_iter().chain(most));
                    open = (open.0 || least.is_none(), open.1 || most.is_none());
                }
            }
        }
        let least = ends.iter().copied().reduce(f64::min)?;
        let most = ends.iter().copied().reduce(f64::max)?;
        Some(Axis { kind, least, most, open })
    }

    /// Returns the position of a value on a line of this length, with `room` for arrows at open
    /// ends.
    pub fn position_of(&self, value: f64, length: f64, room: f64) -> f64 {
        let (left, right) = self.edges(length, room);
        // Halved first, since the distance between the largest numbers would overflow.
        let (all, part) = (self.most / 2.0 - self.least / 2.0, value / 2.0 - self.least / 2.0);
        match all > 0.0 {
            true => left + (right - left) * (part / all).clamp(0.0, 1.0),
            false if self.kind == ChartKind::Bars => left,
            false => f64::midpoint(left, right),
        }
    }

    /// Returns the positions of both ends of the axis on a line of this length.
    pub fn edges(&self, length: f64, room: f64) -> (f64, f64) {
        let room = |open: bool| if open { room } else { 0.0 };
        (room(self.open.0), length - room(self.open.1))
    }

    /// Returns `true` if the axis covers more than one value.
    pub fn has_extent(&self) -> bool {
        self.most > self.least
    }

    /// Formats the values at both ends.
    pub fn end_labels(&self) -> (String, String) {
        (words::format_end(self.kind, self.least), words::format_end(self.kind, self.most))
    }
}
