//! Access to the archive file. Only this folder names `rusqlite`.
//!
//! [`Reader`] opens for reading and cannot write; [`Writer`] opens for writing inside one
//! transaction. Neither begins a transaction by itself: the caller decides.
//!
//! Statements longer than a line are in `.sql` files beside the function that runs them. The one
//! exception is `rows`, which builds its statements from a [`crate::model::Kind`], so that no list of
//! columns is written twice.

mod aliases;
mod answers;
mod blobs;
mod captures;
mod condition;
mod connection;
mod detail;
pub(crate) mod drafts;
mod equations;
mod export;
mod geopackage;
#[cfg(feature = "parquet")]
mod lake;
mod named_keys;
mod operations;
mod postgres;
mod provenance;
mod publication;
mod query;
mod recover;
mod rows;
mod schema;
mod search;
mod side_thread;
mod weights;

use crate::error;
use connection::damage::is_corruption;

pub use aliases::{Aliases, FormerKey, read_aliases, rename, resolve_key};
pub use answers::{Answers, Lookup, ReportColumn};
pub use captures::{
    Capture, CaptureLimits, Content, LargeFile, captures_of, copy_large_file, encode_large_file,
    is_name_free, keep_capture, large_files, read_capture, restore_files, source_hash,
};
pub use condition::{Certainty, ColumnType, Condition, Conditions, Sign, Test};
pub use connection::{Handle, NewNames, Reader, Writer, back_up, create, in_memory};
pub use detail::{about, read_detail};
pub use equations::{FoundFigure, WrittenEquation, equations, figures_for};
pub use export::{
    Appearance, Party, Point, Review, appearances, newest_moment, points, reach, reviews, words,
};
pub use geopackage::GeoPackage;
#[cfg(feature = "parquet")]
pub use lake::{
    KEPT_VIEWS, Since, file_blocks, lake_facts, meanings, read_kept, read_lake_rows, runs_of_ids,
    since, view_columns,
};
pub use named_keys::{
    NamedKey, defined_codes, keys_beginning, keys_by_use, keys_holding, newest_keys,
};
pub use operations::{
    MergedRecords, Obstacles, Operation, OperationInput, OperationStart, PastOperation, Undone,
    carried_operations, operation_exists, operation_rows, past_operation, record_rows,
};
pub use postgres::{
    Changes, POSTGRES_FUNCTIONS, PostgresRows, PostgresSchema, PostgresTable, Server, next_id,
    postgres_schema, postgres_tables, restore_rows, send_table,
};
pub use provenance::claim_graph;
pub use publication::{read_published_claims, read_snapshot};
pub use query::{
    Query, ReportQuery, as_table, column_texts, findings_of, one_select, report_columns,
};
pub use recover::{DamagedFile, Recovered, retract_baseless};
pub use rows::{
    Change, Children, LastVerdict, NamedRow, RevisionTrail, RowWriter, SuspendedTriggers,
    TiedVerdict, accepted, all_keys, are_linked, can_speak, claim_version, claim_withdrawn,
    contesting_stances, count_in_one_event, dimension_of, exists, few_keys, figures_counting,
    first_keys, keys_of_name, keys_of_same, last_id, location_circle, moment_of_acceptance,
    named_figures, names, numbers_of, read_row, read_rows, read_standing_rows, remove_other_places,
    remove_row, retract_verdict, revision_trail, row_like, rows_holding, source_of, tied_verdict,
    units_of, verdicts_resting_on,
};
pub use schema::{
    Finding, INSTALLED, LATEST, MIGRATIONS, Migration, StoredReport, ViewSpec, Words,
    broken_encoding, broken_pages, broken_references, can_mend_encoding, changed_guards,
    check_views, first_missing_table, forget_lost_reports, has_code, has_view, install_views,
    installed_text, is_in_use, keep_codes, keep_columns, lost_weights, mend_encoding, repair,
    require_allowed_texts, schema, store_view, stored_reports, unindexed_rows, unreadable_views,
    wrong_counts, wrong_weights,
};
pub use search::{
    Candidate, Found, Hit, claim_features, claims_after, claims_like, claims_with, keys_with_text,
    place_names, search,
};
pub use weights::outdated_weights;

/// Brings what the program derives up to date, inside the transaction that changed the archive: what sources
/// and places are known by, the search index, and what stands behind each claim, of at most so many claims.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn refresh_derived(writer: &Writer, most: Option<u64>) -> error::Result<()> {
    refresh_rows(writer)?;
    weights::refresh(writer, most).map(drop)
}

/// Brings all that the program derives up to date while no operation runs, inside a transaction. Returns the number
/// of claims that were weighed.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn refresh_at_rest(writer: &Writer) -> error::Result<u64> {
    refresh_rows(writer)?;
    weights::refresh_at_rest(writer)
}

/// Brings what the program derives of single rows up to date.
fn refresh_rows(writer: &Writer) -> error::Result<()> {
    rows::fill_identity(writer)?;
    writer.savepoint()?;
    match search::index::drain(&writer.conn) {
        Ok(()) => writer.release(),
        // The words wait, and nothing else depends on them.
        Err(error) if is_corruption(&error) => {
            writer.roll_back()?;
            writer.remark(
                "its search index is damaged: what was written is not found by `onrecord search` until \
                 `onrecord check --repair` builds the index anew",
            );
            Ok(())
        }
        Err(error) => Err(writer.map_err("bring its search index up to date", &error)),
    }
}
