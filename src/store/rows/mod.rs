//! Writes records as rows: adds what is new, changes what differs, leaves the rest.
//!
//! The statements are put together from the [`Kind`], so that a field added there is written here
//! without another list of columns; SQLite keeps them prepared.

mod batch;
mod bulk_load;
mod constraints;
mod evidence;
mod id_cache;
mod insert;
mod lookup;
pub(super) mod read;
mod revisions;
pub(super) mod sql;
mod touched;
mod upsert;
mod writer;

pub use bulk_load::SuspendedTriggers;
pub use read::{
    all_keys, children, exists, few_keys, keys_of_same, location_circle, read_row, read_rows,
    row_like, source_at,
};
pub use revisions::{RevisionTrail, revision_trail};
pub use writer::{Change, RowWriter};
