//! onrecord keeps sourced claims in one SQLite file: who said what, where, when and how many, who
//! repeated it, what was checked, by whom and why.
//!
//! The command `onrecord` is built on this library. **The API is not stable**: any release may
//! change it. The stable interfaces are the archive file with its tables and views, and the command
//! line.
//!
//! # Example
//!
//! Opens a new archive in a temporary folder, imports a document and runs a report:
//!
//! ```
//! use onrecord::model::{CancelToken, Table, Value};
//! use onrecord::ops::import::{Input, Options, import};
//! use onrecord::ops::{Context, archive, report};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("onrecord.db");
//! // The caller supplies the time, the user and the cancellation token.
//! let context = Context {
//!     now: "2021-07-02T12:00:00Z".to_owned(),
//!     editor: Some("reporter".to_owned()),
//!     cancel: CancelToken::never(),
//! };
//! let names = archive::init::NewNames { title: Some("Bridges"), desk: None };
//! archive::init::init(&path, names, &context)?;
//!
//! let document = r#"
//!     onrecord = 1
//!     [[source]]
//!     key = "post"
//!     kind = "article"
//!     title = "Bridge closed"
//!     [[claim]]
//!     key = "bridge-closed"
//!     text = "The bridge is closed"
//!     kind = "event"
//!     mention = [{ source = "post" }]
//! "#;
//! let inputs = vec![Input::bytes_of("bridge.toml", document)];
//! import(Options::new(&path, inputs), &context)?;
//!
//! let mut table = Table::default();
//! let options = report::Options {
//!     columns: vec!["claim".to_owned(), "sources".to_owned()],
//!     today: "2021-07-02".to_owned(),
//!     ..report::Options::default()
//! };
//! report::run(&path, "claims", &options, CancelToken::never(), &mut table)?;
//! assert_eq!(table.rows, [[Value::from("bridge-closed"), Value::from("post")]]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Map
//!
//! Each layer imports only layers above it in this table, and no files import each other in a
//! circle, directly or through others; a test enforces both, and sees through aliases and
//! re-exports.
//!
//! | layer | module | contents |
//! | --- | --- | --- |
//! | 0 | [`model`], [`error`] | values, the schema as data (`model/schema`), dates, keys, errors |
//! | 1 | `store` | the archive file; the only module that uses SQLite |
//! | 1 | [`intake`] | input formats: bytes to records, or to numbered problems |
//! | 1 | [`render`] | output formats: rows, charts, details and pages to bytes |
//! | 2 | `report`, `check` | the queries stored in the archive as views, a `.sql` file each |
//! | 3 | [`ops`] | the operations: options in, outcome out; one folder per concern |
//! | 4 | `src/bin/onrecord` | the command: arguments, terminal, exit codes |
//!
//! The tables are in `migrations/`, with a comment for every table and column. Triggers and views
//! are installed text in `src/store/schema`, with a number of their own. The rules are CHECKs and
//! triggers in the file, so that they hold in any SQLite tool: the guards (`guards.sql`) are
//! generated from `model/schema`. The code repeats a rule only where an error with a line and a
//! column is worth it.
//!
//! # Two threads to follow
//!
//! Reading, from the command to the bytes: `src/bin/onrecord/commands/report.rs`, `src/ops/report`,
//! `src/report`, `src/store/query.rs`, `src/render/text/mod.rs`.
//!
//! Writing, from an input to the file: `src/bin/onrecord/commands/import.rs`, then
//! `src/ops/import/importer.rs`, which reads units through `src/intake`, resolves keys, checks,
//! defers or orders them, and writes through `src/store/rows`, all in one transaction. `add`,
//! `seed` and `merge` go the same way.
//!
//! # Purity
//!
//! The library never prints and never reads the environment, the clock or the system: the caller
//! passes in what it needs as [`ops::Context`]. Only the triggers in the file ask SQLite for the
//! time, when they record a change.

mod check;
pub mod error;
pub mod intake;
pub mod model;
pub mod ops;
pub mod render;
mod report;
mod store;

/// The SQL that comes with the program: what every archive is made of.
pub mod shipped {
    pub use crate::check::builtin as checks;
    pub use crate::report::builtin as reports;
    pub use crate::store::{INSTALLED, LATEST, MIGRATIONS, Migration, installed_text};
}

/// Items that only the tests of this package look at from outside.
#[doc(hidden)]
pub mod internals {
    pub use crate::store::{
        Reader, Words, all_keys, in_memory, read_published_claims, read_snapshot,
    };
}
