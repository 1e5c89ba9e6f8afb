//! The operations of an archive: listing them, and taking them back.

pub mod log;
pub mod undo;
