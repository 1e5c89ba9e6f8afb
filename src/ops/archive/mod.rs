//! Operations on the archive file as a whole: create, seed, describe, check, copy.

pub mod backup;
pub mod check;
mod doubts;
pub mod info;
pub mod init;
pub mod refresh;
pub mod seed;
