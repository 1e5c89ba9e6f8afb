//! Operations on the archive file as a whole: create, seed, describe, check, copy, recover.

pub mod backup;
pub mod check;
mod doubts;
pub mod info;
pub mod init;
pub mod recover;
pub mod refresh;
pub mod seed;
