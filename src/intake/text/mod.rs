//! Text utilities that the formats share: encodings, line positions, dates, numbers, prose and
//! markup.

pub(super) mod allowance;
pub(super) mod amounts;
pub(super) mod dates;
pub(super) mod element;
pub(super) mod encoding;
pub(super) mod html;
pub(super) mod latex;
pub(super) mod lines;
pub(super) mod months;
pub(super) mod prose;
