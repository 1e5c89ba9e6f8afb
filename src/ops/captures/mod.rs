//! Captured copies of sources: kept in the archive, and taken out again.

pub mod attach;
pub mod extract;
