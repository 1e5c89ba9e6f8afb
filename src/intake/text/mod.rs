//! Text as people and programs write it: encodings, lines, dates, numbers, prose, markup.

pub(super) mod dates;
pub(super) mod decimal;
pub(super) mod encoding;
pub(super) mod html;
pub(super) mod latex;
pub(super) mod lines;
pub(super) mod prose;
