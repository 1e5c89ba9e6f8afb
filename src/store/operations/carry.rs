//! Operations that travel from archive to archive. The numbers that they have in one file mean nothing in
//! another, and neither do the ids of the rows that they added: of these the number is carried.

use crate::error::{Error, Result};
use crate::model::{CarriedInput, CarriedOperation};
use crate::store::connection::sqlite_error::message;
use crate::store::connection::{Handle, Writer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use rusqlite::{Row, params};

/// Passes the operations that travel to `take`, the oldest first, under the numbers that they have in this
/// file. What made the file, or restored it, stays with it.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn carried_operations(
    db: &Handle,
    mut take: impl FnMut(CarriedOperation) -> Result<()>,
) -> Result<()> {
    let fail = |error: rusqlite::Error| db.map_err("read its operations", &error);
    let mut statement = db.conn.prepare(include_str!("carried_operations.sql")).map_err(fail)?;
    let mut rows = statement.query([]).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        let mut operation = carried_operation(row).map_err(fail)?;
        operation.inputs = carried_inputs(db, operation.number)?;
        take(operation)?;
    }
    Ok(())
}

fn carried_operation(row: &Row<'_>) -> rusqlite::Result<CarriedOperation> {
    let document: Option<Vec<u8>> = row.get("document")?;
    Ok(CarriedOperation {
        number: row.get("number")?,
        at: row.get("at")?,
        by: row.get("by")?,
        command: row.get("command")?,
        summary: row.get("summary")?,
        because: row.get("because")?,
        undoes: row.get("undoes")?,
        added: row.get("added")?,
        document: document.map(|bytes| BASE64.encode(bytes)),
        document_rows: row.get("document_rows")?,
        inputs: Vec::new(),
    })
}

fn carried_inputs(db: &Handle, operation: i64) -> Result<Vec<CarriedInput>> {
    let sql =
        "SELECT name, sha256, bytes FROM operation_inputs WHERE operation_id = ?1 ORDER BY id";
    let input = |row: &Row<'_>| {
        Ok(CarriedInput {
            name: row.get("name")?,
            sha256: row.get("sha256")?,
            bytes: row.get("bytes")?,
        })
    };
    let read = || -> rusqlite::Result<Vec<CarriedInput>> {
        db.conn.prepare_cached(sql)?.query_map([operation], input)?.collect()
    };
    read().map_err(|error| db.map_err("read what an operation read", &error))
}

impl Writer {
    /// The numbers of the operations here that say what `operation` says, the oldest first, without the one
    /// that is running.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn operations_like(&self, operation: &CarriedOperation) -> Result<Vec<i64>> {
        let CarriedOperation { at, by, command, summary, because, .. } = operation;
        let sql = "SELECT id FROM operations WHERE at = ?1 AND by IS ?2 AND command = ?3
             AND summary IS ?4 AND because IS ?5
               AND id IS NOT (SELECT operation FROM archive) ORDER BY id";
        let read = || -> rusqlite::Result<Vec<i64>> {
            let mut statement = self.conn.prepare_cached(sql)?;
            let values = params![at, by, command, summary, because];
            statement.query_map(values, |row| row.get("id"))?.collect()
        };
        read().map_err(|error| self.map_err("look an operation up", &error))
    }

    /// Adds an operation that was done in another file; `undoes` is the number here of the one that it
    /// takes back. Returns its number here.
    ///
    /// # Errors
    /// Fails if the file refuses it.
    pub fn add_carried_operation(
        &self,
        operation: &CarriedOperation,
        undoes: Option<i64>,
    ) -> Result<i64> {
        let CarriedOperation { at, by, command, summary, because, added, document_rows, .. } =
            operation;
        let document = operation.document.as_ref().map(|text| BASE64.decode(text)).transpose();
        let document = document.map_err(|_| Error::Refused {
            what: format!("the document of operation {} is not base64", operation.number),
            hint: "export the archive again".to_owned(),
        })?;
        let add = || -> rusqlite::Result<i64> {
            let sql = "INSERT INTO operations
                 (at, by, command, summary, because, undoes, added, document, document_rows)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
            let values =
                params![at, by, command, summary, because, undoes, added, document, document_rows];
            self.conn.prepare_cached(sql)?.execute(values)?;
            let id = self.conn.last_insert_rowid();
            for CarriedInput { name, sha256, bytes } in &operation.inputs {
                let sql = "INSERT INTO operation_inputs (operation_id, name, sha256, bytes)
                     VALUES (?1, ?2, ?3, ?4)";
                self.conn.prepare_cached(sql)?.execute(params![id, name, sha256, bytes])?;
            }
            Ok(id)
        };
        add().map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::ConstraintViolation) => Error::Refused {
                what: format!("operation {}: {}", operation.number, message(&error)),
                hint: "export the archive again".to_owned(),
            },
            _ => self.map_err("take an operation over", &error),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use crate::error::Error;
    use crate::model::CarriedOperation;
    use crate::store::in_memory;

    #[test]
    fn an_operation_that_cannot_be_is_refused_by_its_number() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        let read = |at: &str, document: &str| -> CarriedOperation {
            let line = format!(
                r#"{{"number":7,"at":"{at}","command":"import","added":1,"document":"{document}","inputs":[]}}"#
            );
            serde_json::from_str(&line).unwrap()
        };
        assert!(archive.add_carried_operation(&read("2021-01-01T00:00:00Z", "aWQ="), None).is_ok());
        for (at, document, why) in [
            (
                "20210101--T00:00:00Z",
                "aWQ=",
                "operation 7: CHECK constraint failed: operations.at is UTC",
            ),
            ("2021-01-01T00:00:00Z", "%", "the document of operation 7 is not base64"),
        ] {
            let Err(Error::Refused { what, hint }) =
                archive.add_carried_operation(&read(at, document), None)
            else {
                panic!("{at} was taken")
            };
            assert!(what.contains(why), "{what}");
            assert_eq!(hint, "export the archive again");
        }
    }
}
