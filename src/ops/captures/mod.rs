//! Captured copies of sources: storing them in the archive and extracting them.

pub mod attach;
pub mod extract;
mod file_name;

pub use crate::store::CaptureLimits;
