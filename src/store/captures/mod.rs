//! Captured copies: bytes in SQLite's archive format, so that `sqlite3 FILE -A` reads them too. A copy that one row
//! cannot hold is kept in parts, a row each. Bytes are read and written in blocks, whatever their number.

mod capture;
mod keep;
mod large;
mod list;
mod names;
mod read;

pub use capture::Capture;
pub use keep::{CaptureLimits, Content, keep_capture, restore_files};
pub use large::{LargeFile, copy_large_file, encode_large_file, large_files};
pub(super) use list::with_files;
pub use list::{captures_of, is_name_free, source_hash};
pub use read::read_capture;
pub(in crate::store) use read::unpack;
