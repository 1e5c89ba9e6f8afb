//! Arbitrary read-only SQL.

use crate::error::{Error, Result};
use crate::model::{CancelToken, RowSink, Value};
use crate::ops::context::open_reader;
use crate::ops::place::{Place, open_server};
use crate::store::Query;

/// Runs `sql` with values for its named parameters, and sends each result to `sink`: one statement or several in an
/// archive, of whose connection an authorizer denies everything but reading; one in the SQL of PostgreSQL on a server.
///
/// # Errors
/// Fails if a statement is invalid, attempts more than reading, or runs too long.
pub fn run_sql<'a>(
    archive: impl Into<Place<'a>>,
    sql: String,
    params: Vec<(String, Value)>,
    cancel: CancelToken,
    sink: &mut dyn RowSink,
) -> Result<()> {
    match archive.into() {
        Place::File(path) => {
            let db = open_reader(path, cancel)?;
            db.limit()?;
            Query { sql, params }.run(&db, sink)
        }
        Place::Server(_) if !params.is_empty() => Err(Error::Refused {
            what: "cannot take -p: SQL on a server has no named parameters".to_owned(),
            hint: "write the values into the SQL".to_owned(),
        }),
        Place::Server(address) => open_server(address, cancel)?.run_sql(&sql, sink),
    }
}
