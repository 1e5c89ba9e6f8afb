//! Connections to the archive file: opening, creating, transactions and copies.

mod authorizer;
mod backup;
mod create;
pub(super) mod damage;
mod handle;
mod open;
pub(super) mod sqlite_error;
pub(super) mod transaction;

pub use backup::back_up;
pub use create::{NewNames, create, in_memory};
pub use handle::{Handle, Reader, Writer};
pub(super) use open::refuse_link;
