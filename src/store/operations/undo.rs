//! Takes an operation back, inside an operation of its own: the rows that it added go, into the
//! document of the undoing operation; those that it removed come back with their ids; what it changed
//! becomes what it was. Taking an undoing operation back is redoing: it goes the same way.
//!
//! The rows are dealt with as sets, in temporary tables, with the guards on new and deleted rows set
//! aside: each row stood in the file before, and what refers to it is checked for all rows at once.

use super::read::{taken_back, undoing_operations};
use super::row_document::{BytesApart, DocumentWriter, StoredRow, read_document};
use super::{Operation, recorded_kinds};
use crate::error::{Error, Result};
use crate::model::{
    ALIAS, ASSESSMENT, CLAIM, EVIDENCE, Equation, Field, Kind, RETRACTION, Type, kind_of_table,
};
use crate::store::blobs::{Cell, copy_cell};
use crate::store::connection::Writer;
use crate::store::equations::equations;
use crate::store::rows::read_range;
use crate::store::rows::sql::quote;
use rusqlite::blob::ZeroBlob;
use rusqlite::{OptionalExtension, params, params_from_iter};
use std::collections::BTreeSet;

/// Rows that are named in a refusal.
const MAX_NAMED: usize = 20;

/// The parts of a row's name that a refusal shows: of a verdict its claim, its assessor and its time.
const MAX_NAME_PARTS: usize = 3;

/// The rows that stand in the way of taking an operation back.
#[derive(Clone, Debug, Default)]
pub struct Obstacles {
    /// The first of them, a sentence each.
    pub named: Vec<String>,
    /// The number of further ones.
    pub more: usize,
}

impl Obstacles {
    fn add(&mut self, what: String) {
        match self.named.len() < MAX_NAMED {
            true => self.named.push(what),
            false => self.more += 1,
        }
    }

    /// Returns true if nothing stands in the way.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }
}

/// The result of taking an operation back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Rows that were removed.
    pub removed: usize,
    /// Rows that were put back.
    pub put_back: usize,
    /// Values that are again what they were.
    pub changed: usize,
    /// Verdicts on claims that stay: each is retracted, not removed.
    pub retracted: usize,
}

/// Something in the way, before it is named: the row that it is about, and what is said of it.
pub(super) struct Obstacle {
    row: Option<(&'static Kind, i64)>,
    what: String,
}

impl Obstacle {
    pub(super) fn of_row(kind: &'static Kind, id: i64, what: String) -> Self {
        Obstacle { row: Some((kind, id)), what }
    }

    fn of_archive(what: String) -> Self {
        Obstacle { row: None, what }
    }
}

/// A trigger that is set aside.
struct Trigger {
    name: String,
    sql: String,
}

impl Writer {
    /// Takes operation `target` back, as a part of `operation`, which runs. `because` is the reason
    /// noted with retracted verdicts.
    ///
    /// # Errors
    /// Returns what stands in the way; the transaction is then to be rolled back.
    pub fn undo(
        &self,
        operation: &Operation,
        target: i64,
        now: &str,
        by: Option<&str>,
        because: &str,
    ) -> Result<std::result::Result<Undone, Obstacles>> {
        let mut undone = Undone::default();
        // Large enough for the inner pages of the indexes, so that none is read twice.
        self.execute("PRAGMA cache_size = -32000")?;
        let back = self.prepare_undo(target)?;
        self.list_versions(target)?;
        let obstacles = self.changed_since(target)?;
        if !obstacles.is_empty() {
            return Ok(Err(obstacles));
        }
        self.savepoint()?;
        undone.retracted = self.keep_verdicts(now, by, because)?;
        let mut tables: BTreeSet<&str> = back.iter().map(String::as_str).collect();
        tables.extend(self.listed_kinds("undo_rows")?.iter().map(|kind| kind.table));
        let aside = self.set_aside(
            &tables,
            "name GLOB '*_delete_guard' OR name GLOB '*_deleted'
            OR name GLOB '*_insert_guard' OR name = 'assessments_insert_version'",
        )?;
        let figures: BTreeSet<String> = self.figures_to_remove()?;
        // A key may come back that is an alias now. A row is named in the history by the rows that it
        // refers to: the others that go, go last.
        undone.removed = self.keep_rows(operation.id)?;
        self.remove_rows(|kind| kind.is(&ALIAS))?;
        undone.put_back = self.put_rows_back(target)?;
        undone.changed = self.revert_changes(target)?;
        self.remove_rows(|kind| !kind.is(&ALIAS))?;
        self.list_unchanged_versions(operation.id, target)?;
        self.restore_versions()?;
        for trigger in &aside {
            self.execute(&trigger.sql)?;
        }
        let mut found = self.references_to_removed(&figures, "what it added")?;
        found.extend(self.broken_rows()?);
        if !found.is_empty() {
            // A row is named by the rows that it refers to, which are there again now.
            self.roll_back()?;
            return self.name_obstacles(found).map(Err);
        }
        self.release()?;
        self.drop_undo_tables()?;
        Ok(Ok(undone))
    }

    pub(super) fn drop_undo_tables(&self) -> Result<()> {
        self.execute(
            "DROP TABLE temp.undo_rows; DROP TABLE temp.undo_back; DROP TABLE temp.undo_past;
             DROP TABLE temp.undo_moved",
        )
    }

    /// Removes the listed rows with the guards on deleted rows set aside, and keeps them in the
    /// document of the operation.
    pub(super) fn remove_listed(&self, operation: &Operation) -> Result<()> {
        let tables = self.listed_kinds("undo_rows")?.iter().map(|kind| kind.table).collect();
        let aside =
            self.set_aside(&tables, "name GLOB '*_delete_guard' OR name GLOB '*_deleted'")?;
        self.keep_rows(operation.id)?;
        self.remove_rows(|_| true)?;
        aside.iter().try_for_each(|trigger| self.execute(&trigger.sql))
    }

    /// Names what stands in the way.
    pub(super) fn name_obstacles(&self, found: Vec<Obstacle>) -> Result<Obstacles> {
        let mut obstacles = Obstacles::default();
        for Obstacle { row, what } in found {
            let name = match row {
                Some((kind, id)) if obstacles.named.len() < MAX_NAMED => {
                    format!("{} ", self.name_of(kind, id)?)
                }
                _ => String::new(),
            };
            obstacles.add(format!("{name}{what}"));
        }
        Ok(obstacles)
    }

    pub(super) fn execute(&self, sql: &str) -> Result<()> {
        self.conn.execute_batch(sql).map_err(|error| self.map_err("take it back", &error))
    }

    /// Lists the rows to remove, and the operations whose changes do not count: those that were taken
    /// back, and those that took them back. Returns the tables of the rows to put back.
    fn prepare_undo(&self, target: i64) -> Result<BTreeSet<String>> {
        let fail = |error: rusqlite::Error| self.map_err("look at what it did", &error);
        self.conn.execute_batch(include_str!("undo_tables.sql")).map_err(fail)?;
        for operation in self.past_operations()? {
            self.conn
                .execute("INSERT OR IGNORE INTO temp.undo_past VALUES (?1)", [operation])
                .map_err(fail)?;
        }
        let ranges = "SELECT DISTINCT table_name FROM operation_ranges WHERE operation_id = ";
        let ranged = self.texts(&format!("{ranges}{target}"))?;
        for kind in recorded_kinds().filter(|kind| ranged.iter().any(|table| kind.is_of(table))) {
            let sql = format!(
                "INSERT OR IGNORE INTO temp.undo_rows SELECT '{table}', t.id FROM operation_ranges AS r
                   CROSS JOIN {table} AS t WHERE r.operation_id = ?1 AND r.table_name = '{table}'
                     AND t.id BETWEEN r.first_id AND r.last_id",
                table = kind.table
            );
            self.conn.execute(&sql, [target]).map_err(fail)?;
        }
        self.conn.execute_batch(include_str!("undo_retracted.sql")).map_err(fail)?;
        let mut back = BTreeSet::new();
        // A verdict that was carried over to another claim comes back where it was.
        self.removed_by(target, &mut |row| {
            if !back.contains(&row.table) {
                back.insert(row.table.clone());
            }
            let of = |name: &str| row.columns.iter().find(|(column, _)| column == name);
            let names = ["claim_id", "assessor_id", "at", "status", "because"];
            let values: Vec<_> = names.iter().filter_map(|name| of(name)).map(|(_, v)| v).collect();
            if !ASSESSMENT.is_of(&row.table) || values.len() < names.len() {
                return Ok(());
            }
            let sql = "INSERT INTO temp.undo_moved VALUES (?1, ?2, ?3, ?4, ?5)";
            self.conn.execute(sql, params_from_iter(values)).map(|_| ()).map_err(fail)
        })?;
        // What an undoing operation put back is removed again.
        let undoes: Option<i64> = self
            .conn
            .query_row("SELECT undoes FROM operations WHERE id = ?1", [target], |row| row.get(0))
            .map_err(fail)?;
        if let Some(first) = undoes {
            self.removed_by(first, &mut |row| self.list("undo_rows", &row.table, row.id))?;
        }
        Ok(back)
    }

    pub(super) fn list(&self, set: &str, table: &str, id: i64) -> Result<()> {
        let sql = format!("INSERT OR IGNORE INTO temp.{set} VALUES (?1, ?2)");
        let add = || self.conn.prepare_cached(&sql)?.execute(params![table, id]);
        add().map(|_| ()).map_err(|error| self.map_err("look at what it did", &error))
    }

    /// Operations that were taken back, and those that take others back: what they changed is not
    /// what the record says now, or was said before.
    fn past_operations(&self) -> Result<BTreeSet<i64>> {
        let undoing = undoing_operations(self)?;
        let taken_back = taken_back(&undoing);
        Ok(undoing.iter().map(|(id, _)| *id).chain(taken_back.into_keys()).collect())
    }

    /// Finds the rows of the operation that were changed or removed since: what it did cannot be
    /// taken back without what came later.
    fn changed_since(&self, target: i64) -> Result<Obstacles> {
        let fail = |error: rusqlite::Error| self.map_err("look at what came later", &error);
        let mut obstacles = Obstacles::default();
        let mut statement =
            self.conn.prepare(include_str!("undo_changed_since.sql")).map_err(fail)?;
        let mut rows = statement.query([target]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            obstacles.add(row.get("what").map_err(fail)?);
        }
        Ok(obstacles)
    }

    /// Retracts the verdicts on claims that stay, instead of removing them, unless they name a row that
    /// goes: they go with it.
    fn keep_verdicts(&self, now: &str, by: Option<&str>, because: &str) -> Result<usize> {
        let fail = |error: rusqlite::Error| self.map_err("retract a verdict", &error);
        self.conn.execute_batch(include_str!("undo_kept_verdicts.sql")).map_err(fail)?;
        let sql = "INSERT INTO assessment_retractions (assessment_id, at, by, because)
             SELECT k.id, ?1, ?2, ?3 FROM temp.undo_kept AS k
             WHERE k.table_name = 'assessments' AND NOT EXISTS (
               SELECT 1 FROM assessment_retractions AS r WHERE r.assessment_id = k.id)
             ORDER BY k.id";
        let retracted = self.conn.execute(sql, params![now, by, because]).map_err(fail)?;
        self.execute("DROP TABLE temp.undo_kept")?;
        Ok(retracted)
    }

    /// Drops the triggers of some tables that a condition on their names selects, until they are made
    /// again.
    fn set_aside(&self, tables: &BTreeSet<&str>, condition: &str) -> Result<Vec<Trigger>> {
        let tables: Vec<String> =
            tables.iter().map(|table| format!("'{}'", table.replace('\'', "''"))).collect();
        let sql = format!(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ({})
               AND ({condition}) ORDER BY name",
            tables.join(", ")
        );
        let read = || -> rusqlite::Result<Vec<Trigger>> {
            let mut statement = self.conn.prepare(&sql)?;
            let trigger = |row: &rusqlite::Row<'_>| {
                Ok(Trigger { name: row.get("name")?, sql: row.get("sql")? })
            };
            statement.query_map([], trigger)?.collect()
        };
        let triggers = read().map_err(|error| self.map_err("set its guards aside", &error))?;
        for trigger in &triggers {
            self.execute(&format!("DROP TRIGGER {}", quote(&trigger.name)))?;
        }
        Ok(triggers)
    }

    /// The kinds of the rows in a list. A statement on a table with triggers takes longer to prepare than
    /// to run: those without a row are passed over.
    fn listed_kinds(&self, set: &str) -> Result<Vec<&'static Kind>> {
        let tables = self.texts(&format!("SELECT DISTINCT table_name FROM temp.{set}"))?;
        Ok(recorded_kinds().filter(|kind| tables.iter().any(|table| kind.is_of(table))).collect())
    }

    /// Keeps the listed rows in the document of the operation. Returns their number. Claims come last: put
    /// back in that order, they have the version and the status that they had, and what belongs to them does
    /// not change them.
    fn keep_rows(&self, operation: i64) -> Result<usize> {
        let mut document = DocumentWriter::new(operation);
        let mut kinds = self.listed_kinds("undo_rows")?;
        kinds.sort_by_key(|kind| kind.is(&CLAIM));
        for kind in kinds {
            let list = format!("SELECT id FROM temp.undo_rows WHERE table_name = '{}'", kind.table);
            document.add(self, kind, &list)?;
        }
        let (bytes, rows) = document.finish()?;
        if rows > 0 {
            let sql = "UPDATE operations SET document = ?2, document_rows = ?3 WHERE id = ?1";
            let number = i64::try_from(rows).unwrap_or(i64::MAX);
            self.conn
                .execute(sql, params![operation, bytes, number])
                .map_err(|error| self.map_err("keep the rows to remove", &error))?;
        }
        Ok(rows)
    }

    /// Removes the listed rows of the kinds that `which` selects.
    fn remove_rows(&self, which: impl Fn(&Kind) -> bool) -> Result<()> {
        for kind in self.listed_kinds("undo_rows")?.into_iter().filter(|kind| which(kind)) {
            let sql = format!(
                "DELETE FROM {table} WHERE id IN (SELECT id FROM temp.undo_rows WHERE table_name = '{table}')",
                table = kind.table
            );
            self.conn
                .execute(&sql, [])
                .map_err(|error| self.map_err("remove what it added", &error))?;
        }
        Ok(())
    }

    /// Puts the rows back that an operation removed, with their ids. Returns their number.
    fn put_rows_back(&self, target: i64) -> Result<usize> {
        let mut number = 0;
        self.removed_by(target, &mut |row| {
            number += 1;
            self.put_row_back(&row)
        })?;
        Ok(number)
    }

    fn put_row_back(&self, row: &StoredRow) -> Result<()> {
        let StoredRow { table, id, columns, apart } = row;
        let names: Vec<String> = columns.iter().map(|(name, _)| quote(name)).collect();
        let marks: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
        let mut sql = format!(
            "INSERT INTO {} ({}) SELECT {}",
            quote(table),
            names.join(", "),
            marks.join(", ")
        );
        if RETRACTION.is_of(table) {
            // It may have come by another way since, by a merge; no other table takes a row twice.
            let equal: Vec<String> = (names.iter().zip(&marks))
                .filter(|(name, _)| *name != "\"id\"")
                .map(|(name, mark)| format!("{name} IS {mark}"))
                .collect();
            sql += " WHERE NOT EXISTS (SELECT 1 FROM ";
            sql += &format!("{} WHERE {})", quote(table), equal.join(" AND "));
        }
        let values = params_from_iter(columns.iter().map(|(_, value)| value));
        let put = || self.conn.prepare_cached(&sql)?.execute(values);
        let fail = |error| self.map_err(&format!("put a row of {table} back"), &error);
        put().map_err(fail)?;
        if let Some(BytesApart { id: apart, length }) = apart {
            // No guard is in the way: what refers to the file comes back after it.
            let make_room = "UPDATE sqlar SET data = ?2 WHERE id = ?1";
            let room = ZeroBlob(u64::try_from(*length).unwrap_or_default());
            self.conn
                .prepare_cached(make_room)
                .and_then(|mut s| s.execute(params![id, room]))
                .map_err(fail)?;
            copy_cell(self, Cell::of_removed(*apart), self, Cell::of_file(*id))?;
        }
        self.list("undo_back", table, *id)
    }

    /// Passes the rows that an operation removed to `take`: those of its document, and those whose
    /// values are in the history.
    fn removed_by(
        &self,
        operation: i64,
        take: &mut dyn FnMut(StoredRow) -> Result<()>,
    ) -> Result<()> {
        let fail = |error: rusqlite::Error| self.map_err("read what it removed", &error);
        let sql = "SELECT document FROM operations WHERE id = ?1";
        let document: Option<Vec<u8>> =
            self.conn.query_row(sql, [operation], |row| row.get("document")).map_err(fail)?;
        if let Some(bytes) = document {
            read_document(&bytes, take)?;
        }
        let sql = "SELECT table_name, row_id, column_name, was FROM revisions
             WHERE operation_id = ?1 AND action = 'delete' ORDER BY id";
        let mut statement = self.conn.prepare(sql).map_err(fail)?;
        let mut rows = statement.query([operation]).map_err(fail)?;
        let mut at_hand: Option<StoredRow> = None;
        while let Some(row) = rows.next().map_err(fail)? {
            let (table, id): (String, i64) =
                (row.get("table_name").map_err(fail)?, row.get("row_id").map_err(fail)?);
            if at_hand.as_ref().is_none_or(|held| (&held.table, held.id) != (&table, id)) {
                if let Some(whole) = at_hand.take() {
                    take(whole)?;
                }
                let columns = vec![("id".to_owned(), rusqlite::types::Value::Integer(id))];
                at_hand = Some(StoredRow { table: table.clone(), id, columns, apart: None });
            }
            let column: String = row.get("column_name").map_err(fail)?;
            let was = row.get("was").map_err(fail)?;
            let value = self.reference(&table, &column, was)?;
            if let Some(held) = &mut at_hand {
                held.columns.push((column, value));
            }
        }
        at_hand.map_or(Ok(()), take)
    }

    /// The value of a column from the history, where references are keys: the id of the row that has
    /// the key, or had it.
    fn reference(
        &self,
        table: &str,
        column: &str,
        was: rusqlite::types::Value,
    ) -> Result<rusqlite::types::Value> {
        let field = kind_of_table(table)
            .and_then(|kind| kind.fields.iter().find(|field| field.column == column));
        let (Some(Type::Ref(other)), rusqlite::types::Value::Text(key)) =
            (field.map(|field| field.ty), &was)
        else {
            return Ok(was);
        };
        let name = kind_of_table(other).map_or("key", Kind::name_column);
        let sql = format!(
            "SELECT id FROM {other} WHERE {name} = ?1 UNION ALL
             SELECT row_id FROM aliases WHERE table_name = '{other}' AND alias = ?1 LIMIT 1"
        );
        let id: Option<i64> = self
            .conn
            .query_row(&sql, [key], |row| row.get(0))
            .optional()
            .map_err(|error| self.map_err("look up a key of the history", &error))?;
        id.map(rusqlite::types::Value::Integer).ok_or_else(|| Error::Refused {
            what: format!("{table}.{column} referred to {key:?}, which is not there any more"),
            hint: format!("`onrecord log --of {key}` says what became of it"),
        })
    }

    /// Gives the values that an operation changed back. A key changes with its guard set aside: what
    /// it was before is no alias any more. So does the version of a claim that goes, whose key is one.
    fn revert_changes(&self, target: i64) -> Result<usize> {
        let fail = |error: rusqlite::Error| self.map_err("read what it changed", &error);
        let mut changes: Vec<(String, i64, String, rusqlite::types::Value)> = Vec::new();
        {
            let mut statement =
                self.conn.prepare(include_str!("undo_changes.sql")).map_err(fail)?;
            let mut rows = statement.query([target]).map_err(fail)?;
            while let Some(row) = rows.next().map_err(fail)? {
                let change = (|| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))();
                changes.push(change.map_err(fail)?);
            }
        }
        let keys = changes.iter().any(|(_, _, column, _)| column == "key");
        let mut tables: BTreeSet<&str> =
            changes.iter().map(|(table, ..)| table.as_str()).filter(|_| keys).collect();
        tables.insert(CLAIM.table);
        let aside = self.set_aside(&tables, "name GLOB '*_update_guard'")?;
        for (table, id, column, was) in &changes {
            let value = self.reference(table, column, was.clone())?;
            let sql = format!("UPDATE {} SET {} = ?1 WHERE id = ?2", quote(table), quote(column));
            let set = || self.conn.prepare_cached(&sql)?.execute(params![value, id]);
            set().map_err(|error| self.map_err("give a value back", &error))?;
            self.list("undo_back", table, *id)?;
        }
        for trigger in aside {
            self.execute(&trigger.sql)?;
        }
        Ok(changes.len())
    }

    /// Finds the rows that refer to a row which was removed.
    pub(super) fn references_to_removed(
        &self,
        figures: &BTreeSet<String>,
        removed: &str,
    ) -> Result<Vec<Obstacle>> {
        let mut found = Vec::new();
        let sql = "SELECT desk FROM archive WHERE desk NOT IN (SELECT key FROM sources)";
        for desk in self.texts(sql)? {
            found.push(Obstacle::of_archive(format!("the archive names {desk} as its desk")));
        }
        for equation in equations(self)? {
            let parsed = Equation::parse(&equation.expression);
            let operands = parsed.iter().flat_map(Equation::keys);
            for figure in operands.filter(|figure| figures.contains(*figure)) {
                let what = format!("equation {} names the figure {figure}", equation.key);
                found.push(Obstacle::of_archive(what));
            }
        }
        let sql = "SELECT a.alias || ' is an alias of a row of ' || a.table_name FROM aliases AS a
             JOIN temp.undo_rows AS u ON u.table_name = a.table_name AND u.id = a.row_id";
        found.extend(self.texts(sql)?.into_iter().map(Obstacle::of_archive));
        let removed_kinds = self.listed_kinds("undo_rows")?;
        let is_removed = |table: &str| removed_kinds.iter().any(|kind| kind.is_of(table));
        for kind in recorded_kinds() {
            for (field, table) in references(kind).filter(|(_, table)| is_removed(table)) {
                let sql = format!(
                    "SELECT t.id FROM {own} AS t CROSS JOIN temp.undo_rows AS u
                       ON u.table_name = '{table}' AND u.id = t.{column}
                     ORDER BY t.id LIMIT 1000",
                    own = kind.table,
                    column = field.column
                );
                let what = format!("refers to {removed} ({})", field.name);
                let obstacle = |id| Obstacle::of_row(kind, id, what.clone());
                found.extend(self.ids(&sql)?.into_iter().map(obstacle));
            }
        }
        Ok(found)
    }

    /// Finds the rows that were put back or changed and refer to nothing, or have a key that is
    /// another row's by now.
    fn broken_rows(&self) -> Result<Vec<Obstacle>> {
        let mut found = Vec::new();
        for kind in recorded_kinds().filter(|kind| kind.keyed()) {
            let sql = format!(
                "SELECT CASE WHEN o.id IS NULL
                     THEN 'the {word} with the former key ' || a.alias || ' is not there any more'
                     ELSE 'the former key ' || a.alias || ' is the key of another {word} by now' END
                 FROM temp.undo_back AS b CROSS JOIN aliases AS a ON a.id = b.id
                 LEFT JOIN {own} AS t ON t.id = a.row_id
                 LEFT JOIN {own} AS o ON o.key = a.alias AND o.id <> a.row_id
                 WHERE b.table_name = 'aliases' AND a.table_name = '{own}' AND (t.id IS NULL OR o.id IS NOT NULL)
                 ORDER BY a.id LIMIT 1000",
                own = kind.table,
                word = kind.word
            );
            found.extend(self.texts(&sql)?.into_iter().map(Obstacle::of_archive));
        }
        for kind in self.listed_kinds("undo_back")? {
            for (field, table) in references(kind) {
                let sql = format!(
                    "SELECT t.id FROM temp.undo_back AS b CROSS JOIN {own} AS t ON t.id = b.id
                     WHERE b.table_name = '{own}' AND t.{column} IS NOT NULL
                       AND NOT EXISTS (SELECT 1 FROM {table} AS o WHERE o.id = t.{column})
                     ORDER BY t.id LIMIT 1000",
                    own = kind.table,
                    column = field.column
                );
                let what = format!("a {}, whose {} is not there any more", kind.word, field.name);
                let obstacle = |_| Obstacle::of_archive(what.clone());
                found.extend(self.ids(&sql)?.into_iter().map(obstacle));
            }
            if kind.keyed() {
                let sql = format!(
                    "SELECT t.key || ' is an alias of another {word} by now'
                     FROM temp.undo_back AS b CROSS JOIN {own} AS t ON t.id = b.id
                     JOIN aliases AS a ON a.table_name = '{own}' AND a.alias = t.key AND a.row_id <> t.id
                     WHERE b.table_name = '{own}' ORDER BY t.id LIMIT 1000",
                    own = kind.table,
                    word = kind.word
                );
                found.extend(self.texts(&sql)?.into_iter().map(Obstacle::of_archive));
            }
        }
        Ok(found)
    }

    /// The keys of the figures that are to be removed.
    pub(super) fn figures_to_remove(&self) -> Result<BTreeSet<String>> {
        let sql = "SELECT f.key FROM temp.undo_rows AS u CROSS JOIN figures AS f ON f.id = u.id
             WHERE u.table_name = 'figures'";
        Ok(self.texts(sql)?.into_iter().collect())
    }

    fn texts(&self, sql: &str) -> Result<Vec<String>> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.conn.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.map_err("look at what refers to it", &error))
    }

    pub(super) fn ids(&self, sql: &str) -> Result<Vec<i64>> {
        let read = || -> rusqlite::Result<Vec<i64>> {
            self.conn.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.map_err("look at what refers to it", &error))
    }

    /// The word and the name of a row, for people: of a long name, what comes first.
    fn name_of(&self, kind: &Kind, id: i64) -> Result<String> {
        if kind.is(&EVIDENCE) {
            let sql = "SELECT assessment_id FROM assessment_evidence WHERE id = ?1";
            let verdict = self.conn.query_row(sql, [id], |row| row.get(0));
            let verdict =
                verdict.map_err(|error| self.map_err("read what refers to it", &error))?;
            return Ok(format!("evidence of {}", self.name_of(&ASSESSMENT, verdict)?));
        }
        let mut name = kind.word.to_owned();
        read_range(self, kind, id, id, |_, row| {
            let whole = kind.row_name(row);
            let parts: Vec<&str> = whole.split(" | ").take(MAX_NAME_PARTS).collect();
            name = format!("{} {}", kind.word, parts.join(" | "));
            Ok(())
        })?;
        Ok(name)
    }
}

/// The fields of a kind that refer to rows of recorded kinds, with the table.
pub(super) fn references(kind: &Kind) -> impl Iterator<Item = (&Field, &'static str)> {
    kind.local.iter().chain(kind.fields).filter_map(|field| match field.ty {
        Type::Ref(table) if kind_of_table(table).is_some_and(Kind::is_recorded) => {
            Some((field, table))
        }
        _ => None,
    })
}
