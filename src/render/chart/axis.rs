//! Where a value lies between the least and the most of those that share an axis.

use super::words;
use crate::model::ChartKind;

/// What is drawn for a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mark {
    /// Nothing that could be drawn is stated.
    Unknown,
    /// A bar from zero.
    Bar(f64),
    /// From least to most, `None` where that end is open.
    Range(Option<f64>, Option<f64>),
}

/// The least and the most that an axis shows.
pub(super) struct Axis {
    kind: ChartKind,
    least: f64,
    most: f64,
    /// Whether room is needed for an arrow beyond the least, and beyond the most.
    open: (bool, bool),
}

impl Axis {
    /// The axis of these marks; none when they hold no number.
    pub fn of<'a>(kind: ChartKind, marks: impl Iterator<Item = &'a Mark>) -> Option<Axis> {
        let mut ends: Vec<f64> = Vec::new();
        let mut open = (false, false);
        for mark in marks {
            match *mark {
                Mark::Unknown => {}
                // Bars that do not begin at zero would lie about how much more one is.
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

    /// Where a value lies on a line of this length, with `room` left beyond both ends for arrows.
    pub fn at(&self, value: f64, length: f64, room: f64) -> f64 {
        let (left, right) = self.edges(length, room);
        // Halved first, lest the distance between the largest numbers be more than a number holds.
        let (all, part) = (self.most / 2.0 - self.least / 2.0, value / 2.0 - self.least / 2.0);
        match all > 0.0 {
            true => left + (right - left) * (part / all).clamp(0.0, 1.0),
            false if self.kind == ChartKind::Bars => left,
            false => f64::midpoint(left, right),
        }
    }

    /// Where the axis begins and ends on a line of this length.
    pub fn edges(&self, length: f64, room: f64) -> (f64, f64) {
        let room = |open: bool| if open { room } else { 0.0 };
        (room(self.open.0), length - room(self.open.1))
    }

    /// Whether there is more than one value to tell apart.
    pub fn has_extent(&self) -> bool {
        self.most > self.least
    }

    /// The least and the most in words.
    pub fn words(&self) -> (String, String) {
        (words::end(self.kind, self.least), words::end(self.kind, self.most))
    }
}
