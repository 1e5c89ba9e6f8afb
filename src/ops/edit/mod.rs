//! Changes by hand: a record added, renamed or deleted, a verdict, a withdrawal, two records merged.

pub mod add;
pub mod assess;
pub mod delete;
pub mod delete_part;
pub mod draft;
pub mod merge_records;
pub mod rename;
pub mod shorthands;
pub mod withdraw;
