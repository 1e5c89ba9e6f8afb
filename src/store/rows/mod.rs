//! Writes records as rows: inserts new rows, updates columns that differ, leaves the rest.
//!
//! The statements are built from the [`Kind`], so that a field added there is written here without
//! another list of columns. Each statement is prepared once and cached.

mod batch;
mod bulk_load;
mod constraints;
mod doubts;
mod evidence;
mod id_cache;
mod identity;
mod insert;
mod late_indexes;
mod lookup;
mod parts;
pub(super) mod read;
mod revisions;
pub(super) mod sql;
mod tied_verdicts;
mod touched;
mod upsert;
mod writer;

pub use bulk_load::SuspendedTriggers;
pub use doubts::{NamedRow, accepted, last_id, moment_of_acceptance, named_figures, names};
pub use identity::fill_identity;
pub use parts::{remove_row, rows_holding, verdicts_resting_on};
pub use read::{
    Children, all_keys, are_linked, can_speak, claim_version, claim_withdrawn, contesting_stances,
    count_in_one_event, dimension_of, exists, few_keys, figures_counting, first_keys, keys_of_name,
    keys_of_same, location_circle, numbers_of, read_range, read_row, read_rows, read_standing_rows,
    remove_other_places, retract_verdict, row_like, source_of, units_of,
};
pub use revisions::{RevisionTrail, revision_trail};
pub use tied_verdicts::{LastVerdict, TiedVerdict, tied_verdict};
pub use writer::{Change, RowWriter};
