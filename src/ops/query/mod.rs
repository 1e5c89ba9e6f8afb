//! Questions that are no stored report: one record in full, a search, SQL, completion.

pub mod completion;
pub mod search;
pub mod show;
pub mod sql;
