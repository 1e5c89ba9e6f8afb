//! Queries other than reports: one record in full, full-text search, SQL, completion.

pub mod candidates;
pub mod completion;
pub mod search;
pub mod show;
pub mod sql;
