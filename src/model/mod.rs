//! Values, records, the schema, and the calculations that need neither a file nor a terminal.
//!
//! This is the lowest layer: it knows nothing of SQLite, files or terminals. A [`Kind`] describes
//! one table: its fields, their meaning and their names in documents. Reading a document, adding by
//! flags, writing rows, exporting and `--help` all follow that one description, so that a field
//! cannot be accepted in one place and forgotten in another.

mod address;
mod amount;
mod cancel;
mod chart;
mod coordinates;
mod date;
mod detail;
mod document_tree;
mod equation;
mod fold;
mod interval;
mod key;
mod lake;
mod operation;
mod problem;
mod progress;
mod provenance;
pub mod publication;
mod record;
mod report_header;
mod schema;
mod script;
mod server_address;
mod similarity;
mod spelling;
pub mod sql_tree;
mod table;
pub mod table_option;
mod value;
mod words;

pub use address::{Snapshot, canonical_address, canonical_identifier, is_home_page, snapshot};
pub use amount::{
    Amount, AmountFault, Beside, Bound, Grouping, Signs, SignsSeen, bounds_in, counts_in_multiples,
    is_nothing_stated, is_same_unit, note_signs, numbers_in, ordinals_in, read_amount,
    read_counted, read_number, read_with_words, says_what_is_counted, unambiguous_number,
    word_of_number,
};
pub use cancel::CancelToken;
pub use chart::{Chart, ChartKind, Drawing};
pub use coordinates::{AxisOrder, Hemispheres, decimal_degrees, split_coordinates};
pub use date::{DateOrder, check_date, days_of, is_time_of_day, timestamp};
pub use detail::DetailView;
pub use document_tree::{DocumentTree, NestedPart};
pub use equation::{Equation, Operand, Quantity, Term};
pub use fold::{fold_loosely, fold_name, joined_names};
pub use interval::{Answer, Interval};
pub use key::{check_key, is_stand_in, key_with_year, numbered_key, propose_key, stand_in_key};
pub use lake::{
    CARRIED_OPERATIONS, FILE_BYTES, LIVE_ROWS, LakeColumn, LakeType, LakeValue, OWN_VIEWS,
    has_file_bytes, is_divided_by_year, lake_columns, lake_kinds, names_operations,
};
pub use operation::{CarriedInput, CarriedOperation};
pub use problem::{Problem, SourcePos};
pub use progress::Progress;
pub use provenance::{Edge, Graph, Stated, Statement, Step, chain_ends};
pub use record::{FieldValue, Record, StatedAmount};
pub use report_header::ReportHeader;
pub use schema::{
    ACCEPTED_DOUBT, ALIAS, ARCHIVE, ASSESSMENT, BOOK, CAPTURE, CAPTURE_PART, CLAIM, COLUMN_ALIASES,
    COLUMN_MEANING, COLUMNS, Column, DATE, Described, EQUATION, EVIDENCE, EXAMPLE_MARK, ExampleRow,
    Examples, FIGURE, FILE, Field, FoundBy, KINDS, Kind, LINK, LINKS, LOCAL_KINDS, LOCATION,
    MEASURE, MENTION, NEVER_HERE, NOT_READ, Nested, OPERATION, ORIGIN, PLACE, PROFILE, REPORT,
    RESTS_ON_EVIDENCE, RETRACTION, REVISION, Role, RowPart, SOURCE, Type, Unique, WORKSHEETS,
    Worksheet, all_kinds, check_record, described, document_kinds, escape_formula, evidence_kinds,
    find_column, find_worksheet, has_rules, imply, kind_of_table, kind_of_word, parse_number,
    template_kinds, unescape_formula, written_worksheets,
};
pub use script::is_hebrew;
pub use server_address::{
    AddressFault, PASSWORD_HINT, ServerAddress, password_in, service_settings,
};
pub use similarity::{ClaimFeatures, indexed_forms, normalized_words};
pub use spelling::{did_you_mean, nearest, quoted};
pub use table::{CountedRows, RowSink, Table};
pub use table_option::TableOption;
pub use value::Value;
pub use words::{Compound, Part, Word, compounds, words_to_index};
