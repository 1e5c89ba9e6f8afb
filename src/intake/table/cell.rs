//! A cell of a table, with the column that it fills.

use crate::intake::text::amounts::Notation;
use crate::model::{Column, SourcePos};

/// A cell with its column and position.
#[derive(Clone)]
pub(super) struct Cell<'a> {
    pub(super) column: &'static Column,
    pub(super) text: &'a str,
    pub(super) pos: SourcePos,
    /// The measure of its figure, where the user names one for its column.
    pub(super) measure: Option<&'a str>,
    /// The notation of its number.
    pub(super) notation: Notation,
    /// The sign that divides its names; empty where it is one name, `None` where nobody said.
    pub(super) split: Option<&'a str>,
}
