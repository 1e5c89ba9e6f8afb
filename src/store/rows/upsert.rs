//! Writes one record: inserts the row if it is new, updates the columns that differ, leaves the
//! rest.

use super::batch::InsertBuffer;
use super::id_cache::{IdCache, KnownKeys};
use super::sql::{StatementKind, find_sql, same, value};
use super::writer::{Change, RowWriter};
use crate::error::{Error, Result};
use crate::model::{ALIAS, CLAIM, Field, FoundBy, Kind, Record, Type, Value, fold_name};

/// An existing row, its columns in the order of the kind's fields.
#[derive(Debug)]
struct Existing {
    id: i64,
    columns: Vec<Value>,
}

/// The name of a row that a record with a generated key spells in another way.
fn other_spelling(kind: &Kind, existing: &Existing, columns: &[Option<Value>]) -> Option<String> {
    let position = kind.key_from.filter(|_| kind.folded).and_then(|name| kind.position(name))?;
    let (given, held) = (columns[position].as_ref()?, &existing.columns[position]);
    let (given, name) = (given.as_text()?, held.as_text()?);
    // A place may have been found by another of its names, which stands beside it.
    (given != name && fold_name(given) == fold_name(name)).then(|| name.to_owned())
}

/// Returns true if a row does not say what a field is: nothing is held, or the word that stands for what a
/// table left unsaid.
fn is_unsaid(field: &Field, held: &Value) -> bool {
    held.is_null() || field.in_tables.is_some_and(|unsaid| held.as_text() == Some(unsaid))
}

/// Returns the first field of which a record with a generated key states another value than its row. A
/// table leaves some fields unsaid.
fn says_otherwise(
    kind: &'static Kind,
    existing: &Existing,
    columns: &[Option<Value>],
) -> Option<Change> {
    // Names are compared folded, and a place may have been found by another of its names.
    let by_name = |field: &Field| {
        let is_name = kind.folded || matches!(kind.found_by, FoundBy::Names { .. });
        is_name && kind.key_from == Some(field.name)
    };
    let fields = kind.fields.iter().zip(columns).zip(&existing.columns);
    fields.into_iter().find_map(|((field, given), held)| {
        let given = given.as_ref().filter(|given| !is_unsaid(field, given))?;
        let differs = !is_unsaid(field, held) && !same(given, held) && !by_name(field);
        differs.then(|| Change::Contradicts { field: field.name, held: held.clone() })
    })
}

impl RowWriter<'_> {
    /// Begins a new unit: flushes the buffer if it is full, and clears what belongs to the last unit.
    ///
    /// # Errors
    /// Returns the errors of [`RowWriter::flush`].
    pub fn begin_unit(&mut self) -> Result<()> {
        if self.buffer.as_ref().is_some_and(InsertBuffer::is_full) {
            self.flush()?;
        }
        self.new_claim = None;
        self.absent_keys.clear();
        self.found.commit_unit();
        if let Some(touched) = &mut self.touched {
            touched.commit_unit();
        }
        Ok(())
    }

    /// Clears the caches after a rollback.
    ///
    /// # Errors
    /// Returns the errors of [`RowWriter::flush`].
    pub fn clear_caches(&mut self) -> Result<()> {
        self.flush()?;
        self.ids = IdCache::default();
        self.new_claim = None;
        self.found.discard_unit();
        if let Some(touched) = &mut self.touched {
            touched.discard_unit();
        }
        if let Some(dates) = &mut self.dates {
            dates.clear();
        }
        Ok(())
    }

    /// Writes one record, whose references all exist.
    ///
    /// # Errors
    /// Fails if SQLite refuses the row; the message is that of the trigger or constraint.
    pub fn write(&mut self, record: &Record) -> Result<Change> {
        let kind = record.kind;
        let columns = self.columns(record)?;
        if kind.identity.is_empty() && kind.append_only {
            return self.write_counted(kind, &columns);
        }
        let absent =
            kind.keyed() && record.text("key").is_some_and(|key| self.is_absent(kind.table, key));
        let existing = match absent || self.is_first_part_of_new_claim(kind, &columns) {
            true => None,
            false => self.find_after_flush(kind, record, &columns)?,
        };
        if let Some(existing) = existing {
            self.last_written = existing.id;
            // Triggers keep what is carried of a row that is there.
            let carried = |field: &Field| field.carried;
            let columns = kind.fields.iter().zip(columns);
            let columns: Vec<_> =
                columns.map(|(field, given)| given.filter(|_| !carried(field))).collect();
            // A record whose key was generated only fills empty columns: it neither overwrites what is
            // there nor says otherwise in silence.
            if record.proposed {
                self.respelled = other_spelling(kind, &existing, &columns);
                self.note_open_match(record, &existing, &columns);
            }
            if record.proposed
                && let Some(contradicts) = says_otherwise(kind, &existing, &columns)
            {
                return Ok(contradicts);
            }
            let fields = kind.fields.iter().zip(&existing.columns);
            let if_empty = |(given, (field, held)): (Option<Value>, (&Field, &Value))| {
                given.filter(|_| is_unsaid(field, held))
            };
            let columns = match record.proposed {
                true => columns.into_iter().zip(fields).map(if_empty).collect(),
                false => columns,
            };
            if let Some(contradicts) = self.find_contradiction(kind, &existing, &columns) {
                return Ok(contradicts);
            }
            self.mark_touched(kind.table, existing.id);
            return self.update(kind, &existing, &columns);
        }
        let id = self.insert(kind, columns)?;
        self.last_written = id;
        self.mark_touched(kind.table, id);
        if kind.is(&CLAIM) {
            self.new_claim = Some((id, Vec::new()));
        } else if kind.is(&ALIAS) {
            // A key that was looked for in vain may reach a row now.
            self.absent_keys.clear();
            self.known_keys = KnownKeys::default();
        }
        if kind.keyed()
            && let Some(key) = record.text("key")
        {
            self.cache_id(kind.table, key, id)?;
        }
        Ok(Change::New)
    }

    /// Notes that a record without a key is taken for a row of its name where only one of the two says what tells
    /// rows apart.
    fn note_open_match(&mut self, record: &Record, existing: &Existing, columns: &[Option<Value>]) {
        let kind = record.kind;
        let is_open = |name: &&&'static str| {
            let Some(n) = kind.position(name) else { return false };
            let given = columns[n].as_ref().is_some_and(|given| !is_unsaid(&kind.fields[n], given));
            given == is_unsaid(&kind.fields[n], &existing.columns[n])
        };
        let open: Vec<&'static str> = kind.told_apart_by.iter().filter(is_open).copied().collect();
        if !open.is_empty()
            && let Some((name, key)) = record.compared_name().zip(record.text("key"))
        {
            self.open_matches.entry((kind.table, name)).or_insert_with(|| (key.to_owned(), open));
        }
    }

    /// The row that a record of the same name was taken for though a field that tells rows apart was said on one side
    /// alone, and those fields.
    pub fn matched_openly(&self, record: &Record) -> Option<&(String, Vec<&'static str>)> {
        if self.open_matches.is_empty() {
            return None;
        }
        self.open_matches.get(&(record.kind.table, record.compared_name()?))
    }

    /// The name in the archive of the row that was written last, where the record spells it in another way.
    pub fn take_respelled(&mut self) -> Option<String> {
        self.respelled.take()
    }

    /// Returns true if the row must be new: it belongs to a claim that was just added, and is the
    /// first of its kind there.
    fn is_first_part_of_new_claim(&mut self, kind: &Kind, columns: &[Option<Value>]) -> bool {
        let own = self.is_part_of_new_claim(kind, columns);
        match &mut self.new_claim {
            Some((_, seen)) if own && !seen.contains(&kind.table) => {
                seen.push(kind.table);
                true
            }
            _ => false,
        }
    }

    /// Returns true if the row belongs to the claim that this unit added.
    fn is_part_of_new_claim(&self, kind: &Kind, columns: &[Option<Value>]) -> bool {
        let Some((claim, _)) = &self.new_claim else { return false };
        let first = || kind.position("claim").and_then(|position| columns[position].as_ref());
        kind.identity.first() == Some(&"claim") && first() == Some(&Value::Int(*claim))
    }

    /// Finds the row that this record describes. If the buffer may hold that row, it is flushed first.
    fn find_after_flush(
        &mut self,
        kind: &'static Kind,
        record: &Record,
        columns: &[Option<Value>],
    ) -> Result<Option<Existing>> {
        if let Some(buffer) = &mut self.buffer {
            let key = record.text("key").filter(|_| kind.keyed());
            let id = key.and_then(|key| self.ids.get(kind.table, key));
            if buffer.may_hold(kind, columns, id) {
                self.flush()?;
            } else if self.is_part_of_new_claim(kind, columns) {
                // Every part of the new claim is still buffered, and none of them is this row.
                return Ok(None);
            }
        }
        self.find(kind, record, columns)
    }

    /// Finds the row that this record describes in the file. A time that is not stated is left out of
    /// the identity, so that importing a document twice gives one verdict.
    fn find(
        &mut self,
        kind: &'static Kind,
        record: &Record,
        columns: &[Option<Value>],
    ) -> Result<Option<Existing>> {
        let mut named: Vec<(usize, Value)> = Vec::new();
        for name in kind.identity {
            let Some(position) = kind.position(name) else { continue };
            let field = &kind.fields[position];
            let value = match &columns[position] {
                Some(value) => value.clone(),
                None if field.ty == Type::Time => continue,
                None => field.default.map_or(Value::Null, Value::from),
            };
            named.push((position, value));
        }
        let mut found = self.find_by(kind, record, &named)?;
        if found.is_empty() && self.correcting && !kind.correctable.is_empty() {
            named.retain(|(position, _)| !kind.correctable.contains(&kind.fields[*position].name));
            found = self.find_by(kind, record, &named)?;
            if found.len() > 1 {
                return Err(Error::Refused {
                    what: format!(
                        "several rows differ in {} alone: it is not clear which one to change",
                        kind.correctable.join(" and ")
                    ),
                    hint: "`onrecord show` lists them".to_owned(),
                });
            }
        }
        Ok(found.into_iter().next())
    }

    /// Finds the first two rows that have these values, by the position of their field.
    fn find_by(
        &mut self,
        kind: &'static Kind,
        record: &Record,
        named: &[(usize, Value)],
    ) -> Result<Vec<Existing>> {
        let writer = self.writer;
        let fail =
            |error: rusqlite::Error| writer.map_err(&format!("look up {}", record.name()), &error);
        let tested = named.iter().map(|(position, _)| 1 << position).sum();
        let sql = || find_sql(kind, tested);
        let statement =
            self.statement((kind.table, StatementKind::Find, tested), sql).map_err(fail)?;
        let params = rusqlite::params_from_iter(named.iter().map(|(_, value)| value));
        let existing = |row: &rusqlite::Row<'_>| {
            let columns: rusqlite::Result<Vec<Value>> =
                kind.fields.iter().map(|field| row.get_ref(field.column).and_then(value)).collect();
            Ok(Existing { id: row.get("id")?, columns: columns? })
        };
        let found = statement.query_map(params, existing).map_err(fail)?;
        found.collect::<rusqlite::Result<_>>().map_err(fail)
    }

    /// Returns that a row stays as it is, for the first time or again.
    pub(super) fn unchanged(&self, table: &str, id: i64) -> Change {
        match self.found.contains(table, id) {
            true => Change::FoundAgain,
            false => Change::Unchanged,
        }
    }

    /// Records that this input wrote or found the row.
    pub(super) fn mark_touched(&mut self, table: &'static str, id: i64) {
        self.found.insert(table, id);
        if let Some(touched) = &mut self.touched {
            touched.insert(table, id);
        }
    }

    /// Returns the first field whose value conflicts with one this input already wrote to the same
    /// row, or would change a fixed field.
    fn find_contradiction(
        &self,
        kind: &'static Kind,
        existing: &Existing,
        columns: &[Option<Value>],
    ) -> Option<Change> {
        let touched = self.touched.as_ref()?;
        let before = touched.contains(kind.table, existing.id);
        let fields = kind.fields.iter().zip(columns).zip(&existing.columns);
        fields.into_iter().find_map(|((field, given), held)| {
            let given = given.as_ref()?;
            let differs = !is_unsaid(field, held) && !same(given, held);
            (differs && (before || field.fixed))
                .then(|| Change::Contradicts { field: field.name, held: held.clone() })
        })
    }

    fn update(
        &mut self,
        kind: &Kind,
        existing: &Existing,
        columns: &[Option<Value>],
    ) -> Result<Change> {
        let mut sets = Vec::new();
        let mut params: Vec<Value> = vec![Value::Int(existing.id)];
        for ((field, given), held) in kind.fields.iter().zip(columns).zip(&existing.columns) {
            if let Some(given) = given
                && !same(given, held)
            {
                params.push(given.clone());
                sets.push(format!("{} = ?{}", field.column, params.len()));
            }
        }
        if sets.is_empty() {
            return Ok(self.unchanged(kind.table, existing.id));
        }
        // The update may refer to a buffered row, which its trigger must find in the file.
        self.flush()?;
        self.restore_indexes()?;
        let sql = format!("UPDATE {} SET {} WHERE id = ?1", kind.table, sets.join(", "));
        self.execute(&sql, params)?;
        Ok(Change::Updated)
    }
}
