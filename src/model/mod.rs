//! Values, vocabularies and the shape of records: what everything above speaks of.
//!
//! Knows the standard library and serde, nothing of SQLite, files or terminals. A [`Kind`]
//! describes one table once: its fields, what they mean and how a document spells them. Reading a
//! document, adding by flags, writing rows, exporting and help all follow that one description,
//! so that a field cannot be accepted in one place and forgotten in another.

mod alike;
mod archive;
mod assessment;
pub mod book;
mod capture;
mod chain;
mod chart;
mod claim;
mod codes;
mod date;
mod equation;
mod figure;
mod header;
mod interval;
mod key;
mod kinds;
mod layout;
mod location;
mod meter;
mod nearest;
mod outline;
mod problem;
mod record;
mod schema_comments;
mod sheet;
mod source;
mod statement;
mod stop;
mod table;
mod value;

pub use alike::{Gist, words_of, written};
pub use chain::{Edge, Graph, Said, Step};
pub use chart::{Chart, ChartKind, Drawing};
pub use date::{check_date, timestamp};
pub use equation::{Equation, Operand, Side, Term};
pub use figure::parse_number;
pub use header::Header;
pub use interval::{Answer, Interval};
pub use key::{check_key, propose_key};
pub use kinds::{KINDS, document_kinds, kind_of_table, kind_of_word};
pub use layout::{ALIASES, COLUMNS, Column, RowPart, column_named, neutral, plain};
pub use meter::Meter;
pub use nearest::{did_you_mean, nearest, quoted};
pub use outline::{Outline, Part};
pub use problem::{Problem, Spot};
pub use record::{Field, Given, Kind, Nested, Record, Type};
pub use schema_comments::{Described, described};
pub use sheet::Sheet;
pub use statement::is_finished;
pub use stop::Stop;
pub use table::{RowSink, Table};
pub use value::Value;
