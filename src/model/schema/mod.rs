//! The shape of the archive: a [`super::Kind`] for each table, an entity to a file.

mod all;
mod archive;
mod assessment;
mod capture;
mod claim;
mod code_lists;
mod comments;
mod figure;
mod kind;
mod location;
mod source;
mod spreadsheet_columns;

pub use all::{KINDS, document_kinds, kind_of_table, kind_of_word};
pub use comments::{Described, described};
pub use figure::parse_number;
pub use kind::{Field, Kind, Nested, Type};
pub use spreadsheet_columns::{ALIASES, COLUMNS, Column, RowPart, column_named, neutral, plain};
