//! The schema of the file: migrations, the views and guards that the program installs, the meaning of
//! every column, and the checks that compare a file with all of these.

pub(super) mod code_lists;
mod column_docs;
pub(super) mod encoding;
pub(super) mod guards;
pub(super) mod installed;
mod integrity;
pub(super) mod migrate;
mod rebuild;
mod repair;
pub(super) mod texts;
mod views;

pub use code_lists::{Words, has_code, keep_codes};
pub use column_docs::{keep_columns, schema};
pub use integrity::{
    Finding, broken_encoding, broken_pages, broken_references, changed_guards, check_views,
    first_missing_table, is_in_use, lost_weights, require_allowed_texts, unindexed_rows,
    unreadable_views, wrong_counts, wrong_weights,
};
pub use repair::{can_mend_encoding, mend_encoding, repair};
pub use texts::{INSTALLED, LATEST, MIGRATIONS, Migration, installed_text};
pub use views::{
    StoredReport, ViewSpec, forget_lost_reports, has_view, install_views, store_view,
    stored_reports,
};
