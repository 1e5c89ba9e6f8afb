//! The mark that a chart draws for a row.

/// The mark of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mark {
    /// Nothing to draw: the row states no usable value.
    Unknown,
    /// A bar from zero.
    Bar(f64),
    /// A range from the lower to the upper end; `None` is an open end.
    Range(Option<f64>, Option<f64>),
}
