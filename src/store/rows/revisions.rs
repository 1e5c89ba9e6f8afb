//! The former values of a row, from the revisions that triggers write.

use super::sql::value;
use crate::error::Result;
use crate::model::Value;
use crate::store::connection::Handle;

/// The former values of one row: those that its columns had before they were changed or the row was
/// deleted.
#[derive(Clone, Debug, Default)]
pub struct RevisionTrail(Vec<(String, String, Value)>);

impl RevisionTrail {
    /// Returns true if the column ever had this value.
    pub fn had_value(&self, column: &str, value: &Value) -> bool {
        self.0.iter().any(|(_, known, was)| known == column && was == value)
    }

    /// Returns true if the row was ever deleted.
    pub fn was_deleted(&self) -> bool {
        self.0.iter().any(|(action, ..)| action == "delete")
    }

    /// Returns true if the row was deleted while it had exactly these values. NULL matches a column
    /// that no deletion recorded.
    pub fn was_deleted_with<'a>(
        &self,
        mut fields: impl Iterator<Item = (&'a str, &'a Value)>,
    ) -> bool {
        let deleted = || self.0.iter().filter(|(action, ..)| action == "delete");
        let had_it = |column: &str, value: &Value| match value {
            Value::Null => deleted().all(|(_, known, _)| known != column),
            _ => deleted().any(|(_, known, was)| known == column && was == value),
        };
        self.was_deleted() && fields.all(|(column, value)| had_it(column, value))
    }
}

/// The former values of the row whose `revisions.row_key` is `name`.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn revision_trail(db: &Handle, table: &str, name: &str) -> Result<RevisionTrail> {
    let sql =
        "SELECT action, column_name, was FROM revisions WHERE table_name = ?1 AND row_key = ?2";
    let read = || -> rusqlite::Result<RevisionTrail> {
        let mut statement = db.conn.prepare_cached(sql)?;
        let rows = statement.query_map([table, name], |row| {
            Ok((row.get("action")?, row.get("column_name")?, row.get_ref("was").and_then(value)?))
        })?;
        rows.collect::<rusqlite::Result<Vec<_>>>().map(RevisionTrail)
    };
    read().map_err(|error| db.map_err("read what a row was before", &error))
}
