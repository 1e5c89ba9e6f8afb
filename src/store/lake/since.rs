//! The rows that changed since an operation. Ids are never used again, so what was added has ids above those of then;
//! what was changed is in the revisions, whatever tool made the change. Where an operation took rows away or gave them
//! another key, what other rows say of them changes too, and every table is read as a whole.

use crate::error::Result;
use crate::model::{CLAIM, Kind, Type, is_divided_by_year, names_operations};
use crate::store::connection::Handle;
use rusqlite::OptionalExtension;

/// The state of the archive at the end of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Since {
    /// The number of the operation.
    operation: i64,
    /// The last revision of then.
    revision: i64,
    /// True if the changes since are only new rows and new values.
    traced: bool,
}

/// Returns the state of the archive at the end of an operation, 0 for before the first; `None` if there is none of
/// this number.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn since(db: &Handle, operation: i64) -> Result<Option<Since>> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Since { operation, revision: row.get("revision")?, traced: row.get("traced")? })
    };
    let mut statement = db
        .conn
        .prepare(include_str!("since.sql"))
        .map_err(|error| db.map_err("read its operations", &error))?;
    let found = statement.query_row([operation], read).optional();
    found.map_err(|error| db.map_err("read its operations", &error))
}

impl Since {
    /// Returns the condition on rows of a kind, as `t`, that they were added or changed since; `None` for a kind whose
    /// rows are read as a whole.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn condition(&self, db: &Handle, kind: &Kind) -> Result<Option<String>> {
        if !self.traced {
            return Ok(None);
        }
        let revision = self.revision;
        if names_operations(kind) {
            return Ok(Some(format!("t.id > {revision}")));
        }
        // Of the others there are few rows.
        if !(kind.bulk && (kind.revised || kind.append_only)) {
            return Ok(None);
        }
        let changed = |kind: &Kind| -> Result<String> {
            Ok(format!(
                "x.id > {} OR x.id IN (SELECT r.row_id FROM revisions AS r
                   WHERE r.id > {revision} AND r.table_name = '{}' AND r.row_id IS NOT NULL)",
                self.last_id(db, kind.table)?,
                kind.table
            ))
        };
        let mut ids =
            vec![format!("SELECT x.id FROM {} AS x WHERE {}", kind.table, changed(kind)?)];
        let of_claim = |kind: &Kind| kind.fields.iter().find(|f| f.ty == Type::Ref(CLAIM.table));
        if kind.is(&CLAIM) {
            // The status and the version follow from the parts of a claim.
            for nested in kind.nested {
                let Some(field) = of_claim(nested.kind) else { continue };
                let (table, column) = (nested.kind.table, field.column);
                let changed = changed(nested.kind)?;
                ids.push(format!("SELECT x.{column} FROM {table} AS x WHERE {changed}"));
                let Some((retractions, to)) = nested.kind.retracted_in else { continue };
                let last = self.last_id(db, retractions)?;
                ids.push(format!(
                    "SELECT v.{column} FROM {retractions} AS x JOIN {table} AS v ON v.id = x.{to} WHERE x.id > {last}"
                ));
            }
        } else if let Some(field) = of_claim(kind).filter(|_| is_divided_by_year(kind)) {
            // They stand with the year of their claim.
            ids.push(format!(
                "SELECT x.id FROM {} AS x WHERE x.{} IN (SELECT r.row_id FROM revisions AS r
                   WHERE r.id > {revision} AND r.table_name = '{}' AND r.column_name IN ('happened', 'due'))",
                kind.table,
                field.column,
                CLAIM.table
            ));
        }
        Ok(Some(format!("t.id IN ({})", ids.join(" UNION "))))
    }

    /// The last id of a table that an operation up to then added.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn last_id(&self, db: &Handle, table: &str) -> Result<i64> {
        let sql = "SELECT coalesce(max(last_id), 0) FROM operation_ranges WHERE table_name = ?1 AND operation_id <= ?2";
        db.conn
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement.query_row((table, self.operation), |row| row.get(0))
            })
            .map_err(|error| db.map_err("read what its operations added", &error))
    }

    /// Returns true if the changes since are only new rows and new values, so that a part can be read.
    pub fn is_traced(&self) -> bool {
        self.traced
    }
}

/// Passes the ids of a table to `take`, in runs: the first and the last of each.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn runs_of_ids(
    db: &Handle,
    table: &str,
    mut take: impl FnMut(i64, i64) -> Result<()>,
) -> Result<()> {
    let fail = |error: rusqlite::Error| db.map_err(&format!("read the ids of {table}"), &error);
    let sql = format!("SELECT id FROM {table} ORDER BY id");
    let mut statement = db.conn.prepare_cached(&sql).map_err(fail)?;
    let mut rows = statement.query([]).map_err(fail)?;
    let mut run: Option<(i64, i64)> = None;
    while let Some(row) = rows.next().map_err(fail)? {
        let id: i64 = row.get(0).map_err(fail)?;
        run = Some(match run {
            Some((first, last)) if last + 1 == id => (first, id),
            Some((first, last)) => {
                take(first, last)?;
                (id, id)
            }
            None => (id, id),
        });
    }
    match run {
        Some((first, last)) => take(first, last),
        None => Ok(()),
    }
}
