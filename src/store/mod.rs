//! The archive file: the only folder that says rusqlite.
//!
//! [`Reader`] opens for reading and cannot write; [`Writer`] opens for writing inside one
//! transaction. Neither begins a transaction on its own: the deed above decides.
//!
//! Statements longer than a line stand in `.sql` files beside the function that runs them. The one
//! exception is `rows.rs`, `rows_new.rs`, `rows_parts.rs`, `statements.rs` and `read.rs`, whose statements follow
//! from the [`crate::model::Kind`] they move rows of, so that no column list is typed twice.

mod backup;
mod book;
mod bulk;
mod chain;
mod codes;
mod columns;
mod create;
mod equations;
mod export;
mod fault;
mod fits;
mod geopackage;
mod guards;
mod history;
mod ids;
mod integrity;
mod merge_claims;
mod migrate;
mod open;
mod pending;
mod query;
mod read;
mod rows;
mod rows_new;
mod rows_parts;
mod said;
mod search;
mod show;
mod similar;
mod sqlar;
mod statements;
mod views;
mod write;

pub use backup::back_up;
pub use book::{book, book_claims};
pub use bulk::Lifted;
pub use chain::claim_graph;
pub use codes::{Words, keep_codes};
pub use columns::{keep_columns, schema};
pub use create::{create, in_memory};
pub use equations::{FoundFigure, WrittenEquation, equations, figures_for};
pub use export::{
    Appearance, Party, Point, Review, appearances, newest_moment, points, reach, reviews, words,
};
pub use geopackage::GeoPackage;
pub use guards::repair;
pub use history::{Past, past};
pub use integrity::{
    Finding, broken_pages, broken_references, changed_guards, check_views, is_in_use, no_table,
    unindexed_rows, unreadable_views,
};
pub use merge_claims::{Moved, claim_withdrawn, merge_claims};
pub use migrate::{LATEST, MIGRATIONS, Migration};
pub use open::{Handle, Reader, Writer};
pub use query::{Condition, Query, as_table, one_select, report_columns, report_query};
pub use read::{
    all_keys, children, exists, few_keys, keys_with, location_circle, places_named, read_row,
    read_rows, row_like,
};
pub use rows::{Change, RowWriter};
pub use search::{Hit, drain_search, search};
pub use show::{about, sheet};
pub use similar::{
    Candidate, claim_gist, claims_after, claims_like, claims_with, last_claim, place_names,
};
pub use sqlar::{Capture, captures_of, file_bytes, keep_file, source_hash};
pub use views::{StoredReport, ViewSpec, install_views, store_view, stored_reports};
