//! Looks up keys, caches their ids, and replaces references by ids.

use super::late_indexes::MOST_ROWS_BEFORE;
use super::read::name_column;
use super::sql::StatementKind;
use super::writer::RowWriter;
use crate::error::{Error, Result};
use crate::model::{KINDS, Record, Type, Value, kind_of_table};
use rusqlite::OptionalExtension;

/// The table that a field of a record names, if it is one of rows with keys.
fn table_in(record: &Record, field: &str) -> Option<&'static str> {
    let kind = record.text(field).and_then(kind_of_table)?;
    kind.keyed().then_some(kind.table)
}

impl RowWriter<'_> {
    /// The id of the row with this key, if there is one.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn find_id(&mut self, table: &'static str, key: &str) -> Result<Option<i64>> {
        if let Some(id) = self.ids.get(table, key) {
            return Ok(Some(id));
        }
        if self.is_absent(table, key) {
            return Ok(None);
        }
        if !self.known_keys.may_hold(table, key) {
            self.absent_keys.push((table, key.to_owned()));
            return Ok(None);
        }
        let writer = self.writer;
        let fail = |error: rusqlite::Error| writer.map_err("look a key up", &error);
        // A former key goes on reaching its row.
        let sql = || {
            format!(
                "SELECT id FROM {table} WHERE {} = ?1 UNION ALL
                 SELECT row_id FROM aliases WHERE table_name = '{table}' AND alias = ?1 LIMIT 1",
                name_column(table)
            )
        };
        let statement = self.statement((table, StatementKind::Key, 0), sql).map_err(fail)?;
        let id = statement.query_row([key], |row| row.get("id")).optional().map_err(fail)?;
        match id {
            Some(id) => self.cache_id(table, key, id)?,
            None => self.absent_keys.push((table, key.to_owned())),
        }
        Ok(id)
    }

    /// Returns true if the file holds a verdict on the claim with this id whose moment was stated, and that was
    /// not retracted.
    ///
    /// # Errors
    /// Fails if the archive cannot be read.
    pub fn has_dated_verdict(&self, claim: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM assessments AS a WHERE a.claim_id = ?1 AND a.at_stated = 1 AND NOT EXISTS (
             SELECT 1 FROM assessment_retractions AS t WHERE t.assessment_id = a.id)";
        let look = || self.writer.conn.prepare_cached(sql)?.exists([claim]);
        look().map_err(|error| self.writer.map_err("look for dated verdicts", &error))
    }

    /// Returns true if this key was looked up in the current unit and not found.
    pub(super) fn is_absent(&self, table: &str, key: &str) -> bool {
        self.absent_keys.iter().any(|(of, absent)| *of == table && absent == key)
    }

    /// Adds the id of a key to the cache, which forgets others first if it is full.
    pub(super) fn cache_id(&mut self, table: &'static str, key: &str, id: i64) -> Result<()> {
        if self.ids.is_full() {
            // The file does not yet hold the keys of buffered rows; only this cache does.
            self.flush()?;
            self.ids.make_room();
        }
        // Reuse the String allocated by an earlier failed look-up.
        let absent = self.absent_keys.iter().position(|(of, absent)| *of == table && absent == key);
        let key = absent.map_or_else(|| key.to_owned(), |n| self.absent_keys.swap_remove(n).1);
        self.known_keys.add(table, &key);
        self.ids.insert(table, key, id);
        Ok(())
    }

    /// Reads the keys of tables that are small before a bulk load: of a key that nothing brought since then, no row is
    /// looked for.
    pub(super) fn read_known_keys(&mut self) -> Result<()> {
        for kind in KINDS.iter().filter(|kind| kind.bulk && kind.keyed()) {
            if self.writer.last_id(kind.table)? > MOST_ROWS_BEFORE {
                continue;
            }
            let sql = format!(
                "SELECT key FROM {table} UNION ALL SELECT alias FROM aliases WHERE table_name = '{table}'",
                table = kind.table
            );
            self.known_keys.begin(kind.table);
            let mut add = || -> rusqlite::Result<()> {
                let mut statement = self.writer.conn.prepare(&sql)?;
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    // Bytes that are no text are the key of no record.
                    if let Ok(key) = row.get_ref("key")?.as_str() {
                        self.known_keys.add(kind.table, key);
                    }
                }
                Ok(())
            };
            add().map_err(|error| self.writer.map_err("read its keys", &error))?;
        }
        Ok(())
    }

    /// Returns the stated values as columns, references as ids; `None` for a field that is not
    /// stated.
    pub(super) fn columns(&mut self, record: &Record) -> Result<Vec<Option<Value>>> {
        let mut columns = Vec::with_capacity(record.values.len());
        for (field, given) in record.kind.fields.iter().zip(&record.values) {
            let given = given.as_ref().filter(|_| !field.derived || field.carried);
            columns.push(match (field.ty, given.map(|given| &given.value)) {
                (_, None) => None,
                // An explicit NULL means the default, for a field that has one.
                (_, Some(Value::Null)) if field.default.is_some() => field.default.map(Value::from),
                (Type::Ref(table), Some(Value::Text(key))) => Some(self.require_id(table, key)?),
                (Type::RefIn(of), Some(Value::Text(key))) => match table_in(record, of) {
                    Some(table) => Some(self.require_id(table, key)?),
                    None => Some(Value::from(key.as_str())),
                },
                (_, Some(value)) => Some(value.clone()),
            });
        }
        Ok(columns)
    }

    /// The id of the row with this key, as a value; an error if there is none.
    fn require_id(&mut self, table: &'static str, key: &str) -> Result<Value> {
        self.find_id(table, key)?.map(Value::Int).ok_or_else(|| Error::NotFound {
            what: format!("row of {table}"),
            name: key.to_owned(),
            near: String::new(),
            hint: String::new(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::id_cache::IdCache;
    use super::super::writer::Change;
    use crate::model::{ALIAS, CLAIM, Record, SourcePos, Value};
    use crate::store::{RowWriter, in_memory};

    const NOW: &str = "2021-01-01T00:00:00Z";

    #[test]
    fn a_key_that_was_looked_for_in_vain_is_found_once_it_is_there() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = RowWriter::new(&archive, NOW);
        let record = |kind, fields: &[(&str, &str)]| {
            let mut record = Record::new(kind, SourcePos::default());
            for (field, value) in fields {
                record.set(field, Value::from(*value), SourcePos::default());
            }
            record
        };
        for key in ["new", "old", "new"] {
            assert_eq!(rows.find_id("claims", key).unwrap(), None, "{key}");
        }
        rows.write(&record(&CLAIM, &[("key", "new"), ("text", "N"), ("kind", "event")])).unwrap();
        let id = rows.find_id("claims", "new").unwrap();
        assert!(id.is_some());
        let former = [("table_name", "claims"), ("alias", "old"), ("key", "new")];
        rows.write(&record(&ALIAS, &former)).unwrap();
        assert_eq!(rows.find_id("claims", "old").unwrap(), id);
    }

    #[test]
    fn a_load_finds_the_keys_that_were_there_and_those_that_it_brings() {
        let archive = in_memory(NOW).unwrap();
        archive
            .conn
            .execute_batch(
                "INSERT INTO claims (id, key, text, kind) VALUES (7, 'held', 'H', 'event');
                 INSERT INTO aliases (table_name, alias, row_id) VALUES ('claims', 'former', 7)",
            )
            .unwrap();
        archive.rely_on_guards().unwrap();
        let _ = archive.suspend_triggers().unwrap();
        let mut rows = RowWriter::new(&archive, NOW);
        rows.begin_bulk(true).unwrap();
        let record = |key: &str, text: &str| {
            let mut record = Record::new(&CLAIM, SourcePos::default());
            for (field, value) in [("key", key), ("text", text), ("kind", "event")] {
                record.set(field, Value::from(value), SourcePos::default());
            }
            record
        };
        assert!(!rows.known_keys.may_hold("claims", "new"), "nothing has to be looked for");
        assert_eq!(rows.find_id("claims", "former").unwrap(), Some(7));
        assert_eq!(rows.write(&record("held", "H")).unwrap(), Change::Unchanged);
        assert_eq!(rows.find_id("claims", "new").unwrap(), None);
        assert_eq!(rows.write(&record("new", "N")).unwrap(), Change::New);
        // As after a cache that was full.
        rows.flush().unwrap();
        rows.ids = IdCache::default();
        assert!(rows.find_id("claims", "new").unwrap().is_some());
        let mut alias = Record::new(&ALIAS, SourcePos::default());
        for (field, value) in [("table_name", "claims"), ("alias", "later"), ("key", "new")] {
            alias.set(field, Value::from(value), SourcePos::default());
        }
        rows.write(&alias).unwrap();
        assert!(rows.find_id("claims", "later").unwrap().is_some());
    }

    #[test]
    fn a_key_is_looked_for_again_in_the_next_unit() {
        let archive = in_memory(NOW).unwrap();
        let mut rows = RowWriter::new(&archive, NOW);
        assert_eq!(rows.find_id("claims", "c").unwrap(), None);
        let sql = "INSERT INTO claims (id, key, text, kind) VALUES (7, 'c', 'C', 'event')";
        archive.conn.execute(sql, []).unwrap();
        assert_eq!(rows.find_id("claims", "c").unwrap(), None, "once a unit");
        rows.begin_unit().unwrap();
        assert_eq!(rows.find_id("claims", "c").unwrap(), Some(7));
    }
}
