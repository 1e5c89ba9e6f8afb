//! The schema: a [`Kind`] for each table, with one file per entity; the spreadsheet columns; and
//! the parser of schema comments.

mod all;
mod archive;
mod assessment;
mod capture;
mod claim;
mod code_lists;
mod comments;
mod doubt;
mod figure;
mod kind;
mod location;
mod profile;
mod rules;
mod source;
mod spreadsheet_columns;
mod template;
mod worksheets;

pub use all::{
    KINDS, LOCAL_KINDS, all_kinds, document_kinds, evidence_kinds, kind_of_table, kind_of_word,
};
pub use archive::{ALIAS, ARCHIVE, COLUMN_MEANING, DATE, OPERATION, REPORT, REVISION};
pub use assessment::{ASSESSMENT, EVIDENCE, NEVER_HERE, RESTS_ON_EVIDENCE, RETRACTION};
pub use capture::{CAPTURE, CAPTURE_PART, FILE};
pub use claim::{CLAIM, LINK, LINKS, MENTION, PLACE};
pub use comments::{Described, described};
pub use doubt::ACCEPTED_DOUBT;
pub use figure::{EQUATION, FIGURE, MEASURE, parse_number};
pub use kind::{EXAMPLE_MARK, Field, FoundBy, Kind, Nested, Role, Type, Unique};
pub use location::LOCATION;
pub use profile::PROFILE;
pub use rules::{check_record, has_rules, imply};
pub use source::{BOOK, ORIGIN, SOURCE};
pub use spreadsheet_columns::{
    COLUMN_ALIASES, COLUMNS, Column, RowPart, escape_formula, find_column, unescape_formula,
};
pub use template::{ExampleRow, Examples, NOT_READ, template_kinds};
pub use worksheets::{WORKSHEETS, Worksheet, find_worksheet, written_worksheets};
