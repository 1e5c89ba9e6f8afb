//! Deletes a record with its parts, inside an operation, whose document keeps all of it.

use super::Operation;
use super::undo::Obstacles;
use crate::error::Result;
use crate::model::{Kind, LINK, Type, kind_of_table};
use crate::store::connection::Writer;
use rusqlite::params;

impl Writer {
    /// Deletes the record of a kind with this key, which is there, with what is nested in it and the
    /// links of a claim. Returns the number of rows by table.
    ///
    /// # Errors
    /// Returns the rows that refer to it; the transaction is then to be rolled back.
    pub fn delete_record(
        &self,
        operation: &Operation,
        kind: &'static Kind,
        key: &str,
    ) -> Result<std::result::Result<Vec<(&'static str, usize)>, Obstacles>> {
        self.execute(include_str!("undo_tables.sql"))?;
        let fail = |error: rusqlite::Error| self.map_err("list what goes with it", &error);
        let sql = format!(
            "INSERT INTO temp.undo_rows SELECT '{table}', id FROM {table} WHERE key = ?1",
            table = kind.table
        );
        self.conn.execute(&sql, [key]).map_err(fail)?;
        self.list_parts(kind)?;
        let sql =
            "INSERT OR IGNORE INTO temp.undo_rows SELECT 'aliases', a.id FROM temp.undo_rows AS u
             JOIN aliases AS a ON a.table_name = u.table_name AND a.row_id = u.id";
        self.conn.execute(sql, []).map_err(fail)?;
        let mut rows = Vec::new();
        for part in super::recorded_kinds() {
            let sql = "SELECT count(1) FROM temp.undo_rows WHERE table_name = ?1";
            let number: i64 =
                self.conn.query_row(sql, params![part.table], |row| row.get(0)).map_err(fail)?;
            if number > 0 {
                rows.push((part.table, usize::try_from(number).unwrap_or_default()));
            }
        }
        let figures = self.figures_to_remove()?;
        self.savepoint()?;
        self.remove_listed(operation)?;
        let found = self.references_to_removed(&figures, "it")?;
        if !found.is_empty() {
            self.roll_back()?;
            return self.name_obstacles(found).map(Err);
        }
        self.release()?;
        self.drop_undo_tables()?;
        Ok(Ok(rows))
    }

    /// Lists the rows that are nested in listed rows of a kind, and those nested in them.
    fn list_parts(&self, kind: &'static Kind) -> Result<()> {
        let fail = |error: rusqlite::Error| self.map_err("list what goes with it", &error);
        let nested = kind.nested.iter().map(|nested| nested.kind);
        let retracted = kind.retracted_in.and_then(|(table, _)| kind_of_table(table));
        let links = (kind.word == "claim").then_some(&LINK);
        for part in nested.chain(retracted).chain(links) {
            let columns = part.local.iter().chain(part.fields);
            for field in columns.filter(|field| field.ty == Type::Ref(kind.table)) {
                // A part belongs to the record around it; other fields of it may name another.
                let parent = kind.nested.iter().find(|nested| nested.kind.is(part));
                if parent.is_some_and(|nested| field.name != nested.parent) {
                    continue;
                }
                let sql = format!(
                    "INSERT OR IGNORE INTO temp.undo_rows SELECT '{table}', t.id
                     FROM temp.undo_rows AS u JOIN {table} AS t ON t.{column} = u.id
                     WHERE u.table_name = '{of}'",
                    table = part.table,
                    column = field.column,
                    of = kind.table
                );
                self.conn.execute(&sql, []).map_err(fail)?;
            }
            self.list_parts(part)?;
        }
        Ok(())
    }
}
