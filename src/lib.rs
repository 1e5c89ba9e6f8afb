//! onrecord keeps sourced claims in one SQLite file: who said what, where, when and how many, who
//! repeated it, what was checked, by whom and why.
//!
//! # Map
//!
//! Each layer knows only those above it in this table; a test holds it to that.
//!
//! | layer | module | what it is |
//! | --- | --- | --- |
//! | 0 | [`model`], [`error`] | values, the shape of records, dates, what can go wrong |
//! | 1 | [`store`] | the archive file: the only module that speaks to SQLite |
//! | 1 | [`intake`] | documents, tables, reviews, events to records, or to numbered problems |
//! | 1 | [`render`] | rows, charts, sheets and records to bytes |
//! | 2 | [`report`], [`check`] | questions stored in the file, a `.sql` file each |
//! | 3 | [`ops`] | one file per deed: options in, outcome out |
//! | 4 | `src/bin/onrecord` | the command: arguments, terminal, exit codes |
//!
//! The schema is in `migrations/`, with a sentence for every table and column. Its rules are
//! triggers and CHECKs in the file, so that they hold in any SQLite tool; the code repeats one
//! only where a message with a line and a column is worth it.
//!
//! # Two threads to follow
//!
//! Reading, from the command to the bytes: `bin/onrecord/commands/report.rs`, [`ops::report`],
//! `report/*.sql`, `store/query.rs`, `render/text.rs`.
//!
//! Writing, by the one way in: `bin/onrecord/commands/import.rs`, [`ops::import`]; a document by
//! `intake/walk.rs`, `ops/resolve.rs` (all problems first) and `ops/load.rs` (one transaction); what is
//! read unit by unit by `intake/table.rs` and its neighbours, `ops/take.rs` (each unit checked and
//! written at once, inside the same transaction) and `store/bulk.rs` (guards set aside, asked at the
//! end); both by `store/rows.rs`.
//!
//! # What the library does not do
//!
//! It never prints, reads the environment or the clock; the binary hands those in as
//! [`ops::Context`]. Only the triggers in the file ask SQLite for the time, when they note a
//! change.

pub mod check;
pub mod error;
pub mod intake;
pub mod model;
pub mod ops;
pub mod render;
pub mod report;
pub mod store;
