//! The archive file as a whole: made, seeded, described, checked, copied.

pub mod backup;
pub mod check;
pub mod info;
pub mod init;
pub mod seed;
