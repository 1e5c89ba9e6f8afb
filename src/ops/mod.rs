//! The operations, a module each: options in, outcome out. An operation decides which file to open,
//! for reading or for writing, and what belongs in one transaction. Nothing here prints or reads
//! the environment or the clock; the binary passes what is needed in a [`Context`].

pub mod archive;
pub mod captures;
mod checksum;
mod code_words;
mod context;
pub mod edit;
pub mod export;
pub mod history;
pub mod import;
#[cfg(feature = "parquet")]
mod lake_manifest;
mod listed_file;
pub mod merge;
mod near_names;
mod output_file;
mod place;
mod postgres_manifest;
pub mod publish;
pub mod push;
pub mod query;
pub mod report;
pub mod similar;

pub use checksum::sha256;
pub use context::Context;
pub use import::{Outcome, Tally};
pub use place::Place;
