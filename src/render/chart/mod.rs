//! Charts of reports, for the terminal and as SVG. A value that is not stated has no mark, only
//! words; an open end is an arrow, never a number.

mod axis;
mod layout;
mod mark;
mod svg;
mod terminal;
mod words;

pub use svg::write_svg_chart;
pub use terminal::write_chart;
