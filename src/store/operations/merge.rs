//! Makes one record of two, inside an operation: every row that refers to one is made to refer to the
//! other, and the key of the one becomes a former key of the other.
//!
//! A row that would then say what another says goes; where the two differ in a field, the merge is
//! refused. Rows that are only ever added, such as verdicts, are not changed: a copy takes the place
//! of each. All rows that go are kept in the document of the operation.

use super::Operation;
use super::undo::{Obstacle, Obstacles, references};
use crate::error::Result;
use crate::model::{ASSESSMENT, CLAIM, FIGURE, FoundBy, Kind, LINK, MEASURE, ORIGIN, SOURCE};
use crate::store::aliases::rename_in_equations;
use crate::store::connection::Writer;
use crate::store::rows::read::location_circle;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};

/// The result of merging two records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergedRecords {
    /// Rows that refer to the record that stays, and referred to the other.
    pub moved: usize,
    /// Rows that said what another says, and went.
    pub same: usize,
    /// Fields that the record that stays took over.
    pub filled: Vec<String>,
    /// Fields in which the record that went had something else, with what it had.
    pub left: Vec<(String, String)>,
}

/// The relations of two claims that say nothing once both are one. Any other says that they are two.
const GO_WITH_A_MERGE: [&str; 3] = ["duplicates", "same_event", "supports"];

impl Writer {
    /// Merges the record of a kind with the key `from` into the one with the key `into`; both are
    /// there.
    ///
    /// # Errors
    /// Returns what stands in the way; the transaction is then to be rolled back.
    pub fn merge_records(
        &self,
        operation: &Operation,
        kind: &'static Kind,
        from: &str,
        into: &str,
    ) -> Result<std::result::Result<MergedRecords, Obstacles>> {
        let (old, new) = (self.id_of(kind, from)?, self.id_of(kind, into)?);
        let mut merged = MergedRecords::default();
        let mut obstacles = Vec::new();
        self.execute(include_str!("undo_tables.sql"))?;
        self.repoint(kind, old, new, &mut merged, &mut obstacles)?;
        if !obstacles.is_empty() {
            return self.name_obstacles(obstacles).map(Err);
        }
        self.take_over(kind, old, new, &mut merged)?;
        self.keep_name(kind, old, new)?;
        let fail = |error: rusqlite::Error| self.map_err("merge the records", &error);
        let sql = "UPDATE aliases SET row_id = ?3 WHERE table_name = ?1 AND row_id = ?2";
        self.conn.execute(sql, params![kind.table, old, new]).map_err(fail)?;
        self.list("undo_rows", kind.table, old)?;
        self.conn
            .execute(
                "UPDATE archive SET desk = ?2 WHERE ?3 AND desk = ?1",
                params![from, into, kind.is(&SOURCE)],
            )
            .map_err(fail)?;
        if kind.is(&MEASURE) || kind.is(&FIGURE) {
            rename_in_equations(self, from, into)?;
        }
        self.remove_listed(operation)?;
        let sql = "INSERT INTO aliases (table_name, alias, row_id) VALUES (?1, ?2, ?3)";
        self.conn.execute(sql, params![kind.table, from, new]).map_err(fail)?;
        if !kind.is(&CLAIM) {
            // A source, a place or a measure that was recorded twice is still the same: so are the
            // claims that name it.
            self.list_versions(operation.id)?;
            self.restore_versions()?;
        }
        self.drop_undo_tables()?;
        if let Some(key) = location_circle(self)? {
            let what = format!("location {key} would lie within itself");
            return Ok(Err(Obstacles { named: vec![what], more: 0 }));
        }
        Ok(Ok(merged))
    }

    fn id_of(&self, kind: &Kind, key: &str) -> Result<i64> {
        let sql = format!("SELECT id FROM {} WHERE key = ?1", kind.table);
        self.conn
            .query_row(&sql, [key], |row| row.get("id"))
            .map_err(|error| self.map_err("look a key up", &error))
    }

    /// Makes every row that refers to the row `old` of a kind refer to `new`.
    fn repoint(
        &self,
        kind: &'static Kind,
        old: i64,
        new: i64,
        merged: &mut MergedRecords,
        obstacles: &mut Vec<Obstacle>,
    ) -> Result<()> {
        for referring in super::recorded_kinds() {
            let columns: Vec<&str> = references(referring)
                .filter(|(_, table)| *table == kind.table)
                .map(|(field, _)| field.column)
                .collect();
            for column in &columns {
                let sql = format!(
                    "SELECT id FROM {} WHERE {column} = {old} ORDER BY id",
                    referring.table
                );
                for id in self.ids(&sql)? {
                    if self.is_listed(referring, id)? {
                        continue;
                    }
                    self.repoint_row(referring, id, column, &columns, new, merged, obstacles)?;
                }
            }
        }
        Ok(())
    }

    /// Makes one row refer to another record.
    #[allow(clippy::too_many_arguments)]
    fn repoint_row(
        &self,
        kind: &'static Kind,
        id: i64,
        column: &str,
        columns: &[&str],
        new: i64,
        merged: &mut MergedRecords,
        obstacles: &mut Vec<Obstacle>,
    ) -> Result<()> {
        let mut row = self.row_of(kind, id)?;
        for (name, value) in &mut row {
            if name == column {
                *value = Value::Integer(new);
            }
        }
        let refers = |name: &str| {
            row.iter().any(|(column, value)| column == name && *value == Value::Integer(new))
        };
        // What tied the two together would tie the one to itself.
        let is_edge = kind.is(&ORIGIN) || kind.is(&LINK);
        if is_edge && columns.iter().all(|column| refers(column)) {
            let relation = row.iter().find(|(name, _)| name == "relation").map(|(_, value)| value);
            let mut going = GO_WITH_A_MERGE.iter().map(|code| Value::Text((*code).to_owned()));
            if kind.is(&LINK) && !going.any(|code| relation == Some(&code)) {
                let what = "says that the two are not one; delete it first, if it is wrong";
                obstacles.push(Obstacle::of_row(kind, id, what.to_owned()));
                return Ok(());
            }
            merged.same += 1;
            return self.list("undo_rows", kind.table, id);
        }
        if kind.whole().is_some_and(|field| field.column == column) && id == new {
            obstacles.push(Obstacle::of_row(kind, id, "lies within the other".to_owned()));
            return Ok(());
        }
        if let Some(twin) = self.twin(kind, id, &row)? {
            return self.join_rows(kind, id, twin, &row, merged, obstacles);
        }
        merged.moved += 1;
        let fail = |error: rusqlite::Error| self.map_err("merge the records", &error);
        if !kind.append_only {
            let sql = format!("UPDATE {} SET {column} = ?1 WHERE id = ?2", kind.table);
            return self.conn.execute(&sql, params![new, id]).map(|_| ()).map_err(fail);
        }
        if kind.is(&ASSESSMENT) {
            self.settle_copied_verdict(column, &mut row)?;
        }
        let copy = self.insert_copy(kind, &row)?;
        self.list("undo_rows", kind.table, id)?;
        self.repoint(kind, id, copy, &mut MergedRecords::default(), obstacles)
    }

    /// Says of the copy of a verdict that it is stale if the verdict is, or is about the claim that goes.
    fn settle_copied_verdict(&self, column: &str, row: &mut [(String, Value)]) -> Result<()> {
        let of = |name: &str| row.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
        let sql = "SELECT version FROM claims WHERE id = ?1";
        let version: Value =
            self.conn
                .query_row(sql, [of("claim_id")], |row| row.get("version"))
                .map_err(|error| self.map_err("read the version of a claim", &error))?;
        let is_stale = column == "claim_id" || of("claim_version") != Some(version);
        for (_, value) in row.iter_mut().filter(|(name, _)| is_stale && name == "claim_version") {
            *value = Value::Integer(0);
        }
        Ok(())
    }

    /// Lets a row go because another says what it would say, unless they differ: then the merge is
    /// refused.
    fn join_rows(
        &self,
        kind: &'static Kind,
        id: i64,
        twin: i64,
        row: &[(String, Value)],
        merged: &mut MergedRecords,
        obstacles: &mut Vec<Obstacle>,
    ) -> Result<()> {
        let held = self.row_of(kind, twin)?;
        let derived = |name: &str| {
            name == "id"
                || (kind.is(&LINK) && name.ends_with("_id"))
                || name == "key"
                || kind.fields.iter().any(|f| f.column == name && f.derived)
        };
        for ((name, value), (_, other)) in row.iter().zip(&held) {
            if derived(name) || value == other || *value == Value::Null {
                continue;
            }
            if *other != Value::Null || kind.append_only {
                let what = format!(
                    "would be recorded twice, with another {name}; change one of them first"
                );
                obstacles.push(Obstacle::of_row(kind, id, what));
                return Ok(());
            }
            let sql = format!("UPDATE {} SET {name} = ?1 WHERE id = ?2", kind.table);
            self.conn
                .execute(&sql, params![value, twin])
                .map_err(|error| self.map_err("merge the records", &error))?;
        }
        merged.same += 1;
        self.repoint(kind, id, twin, merged, obstacles)?;
        self.list("undo_rows", kind.table, id)
    }

    /// The row that has the unique columns of `row`, which has another id.
    fn twin(&self, kind: &Kind, id: i64, row: &[(String, Value)]) -> Result<Option<i64>> {
        if kind.is(&LINK) {
            // What holds both ways is recorded once.
            let of = |column: &str| row.iter().find(|(name, _)| name == column).map(|(_, v)| v);
            let sql = "SELECT l.id FROM claim_links AS l JOIN link_relations AS r ON r.code = l.relation
                 WHERE r.symmetric = 1 AND l.from_id = ?1 AND l.relation = ?2 AND l.to_id = ?3 AND l.id <> ?4
                   AND NOT EXISTS (SELECT 1 FROM temp.undo_rows AS u
                     WHERE u.table_name = 'claim_links' AND u.id = l.id)";
            let values = params![of("to_id"), of("relation"), of("from_id"), id];
            let found = self.conn.query_row(sql, values, |row| row.get(0)).optional();
            let found = found.map_err(|error| self.map_err("look for the same row", &error))?;
            if found.is_some() {
                return Ok(found);
            }
        }
        for unique in kind.uniques {
            let of = |column: &&str| row.iter().find(|(name, _)| name == *column);
            let values: Vec<&Value> =
                unique.columns.iter().filter_map(of).map(|(_, value)| value).collect();
            // A UNIQUE set of the table takes NULLs as different.
            if values.len() < unique.columns.len()
                || (unique.words.is_empty() && values.contains(&&Value::Null))
            {
                continue;
            }
            let tests: Vec<String> = unique
                .columns
                .iter()
                .enumerate()
                .map(|(n, column)| format!("{column} IS ?{}", n + 1))
                .collect();
            let sql = format!(
                "SELECT t.id FROM {table} AS t WHERE {tests} AND t.id <> {id} AND NOT EXISTS (
                   SELECT 1 FROM temp.undo_rows AS u WHERE u.table_name = '{table}' AND u.id = t.id)",
                table = kind.table,
                tests = tests.join(" AND ")
            );
            let find = || {
                let mut statement = self.conn.prepare(&sql)?;
                statement.query_row(params_from_iter(values), |row| row.get(0)).optional()
            };
            let found = find().map_err(|error| self.map_err("look for the same row", &error))?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn is_listed(&self, kind: &Kind, id: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM temp.undo_rows WHERE table_name = ?1 AND id = ?2)";
        self.conn
            .query_row(sql, params![kind.table, id], |row| row.get(0))
            .map_err(|error| self.map_err("merge the records", &error))
    }

    /// All columns of a row, with their values.
    fn row_of(&self, kind: &Kind, id: i64) -> Result<Vec<(String, Value)>> {
        let sql = format!("SELECT * FROM {} WHERE id = ?1", kind.table);
        let read = || -> rusqlite::Result<Vec<(String, Value)>> {
            let mut statement = self.conn.prepare(&sql)?;
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            statement.query_row([id], |row| {
                names.iter().enumerate().map(|(n, name)| Ok((name.clone(), row.get(n)?))).collect()
            })
        };
        read().map_err(|error| self.map_err("read a row to merge", &error))
    }

    /// Adds a copy of a row, under an id of its own.
    fn insert_copy(&self, kind: &Kind, row: &[(String, Value)]) -> Result<i64> {
        let stated: Vec<&(String, Value)> = row.iter().filter(|(name, _)| name != "id").collect();
        let names: Vec<&str> = stated.iter().map(|(name, _)| name.as_str()).collect();
        let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            kind.table,
            names.join(", "),
            marks.join(", ")
        );
        let values = params_from_iter(stated.iter().map(|(_, value)| value));
        self.conn
            .execute(&sql, values)
            .map_err(|error| self.map_err("merge the records", &error))?;
        Ok(self.conn.last_insert_rowid())
    }

    /// Gives the record that stays the name of the other as another name of its own, where records
    /// of the kind have several.
    fn keep_name(&self, kind: &'static Kind, old: i64, new: i64) -> Result<()> {
        let (FoundBy::Names { table, owner, name }, Some(from)) = (kind.found_by, kind.key_from)
        else {
            return Ok(());
        };
        let sql = format!(
            "INSERT INTO {table} ({owner}, {name}) SELECT ?2, f.{from} FROM {of} AS f
             WHERE f.id = ?1 AND NOT EXISTS (SELECT 1 FROM {of} AS i WHERE i.id = ?2 AND i.{from} = f.{from})
               AND NOT EXISTS (SELECT 1 FROM {table} AS n WHERE n.{owner} = ?2 AND n.{name} = f.{from})",
            of = kind.table
        );
        let keep = self.conn.execute(&sql, [old, new]);
        keep.map(|_| ()).map_err(|error| self.map_err("keep the other name", &error))
    }

    /// Gives the record that stays what the other states and it does not, and notes what differs.
    fn take_over(
        &self,
        kind: &'static Kind,
        old: i64,
        new: i64,
        merged: &mut MergedRecords,
    ) -> Result<()> {
        let (from, into) = (self.row_of(kind, old)?, self.row_of(kind, new)?);
        for field in kind.fields.iter().filter(|f| !f.derived && f.name != "key") {
            let of = |row: &[(String, Value)]| {
                let found = row.iter().find(|(name, _)| name == field.column);
                found.map_or(Value::Null, |(_, value)| value.clone())
            };
            let (given, held) = (of(&from), of(&into));
            // A place does not lie within itself.
            let within = kind.whole().is_some_and(|whole| whole.column == field.column);
            if given == Value::Null || given == held || (within && given == Value::Integer(new)) {
                continue;
            }
            if held == Value::Null {
                let sql = format!("UPDATE {} SET {} = ?1 WHERE id = ?2", kind.table, field.column);
                self.conn
                    .execute(&sql, params![given, new])
                    .map_err(|error| self.map_err("merge the records", &error))?;
                merged.filled.push(field.name.to_owned());
            } else {
                let words = match given {
                    Value::Text(text) => text,
                    Value::Integer(number) => number.to_string(),
                    Value::Real(number) => number.to_string(),
                    Value::Null | Value::Blob(_) => String::new(),
                };
                merged.left.push((field.name.to_owned(), words));
            }
        }
        Ok(())
    }
}
