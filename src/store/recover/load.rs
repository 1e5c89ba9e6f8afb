//! Writes the rows of a damaged file into a new archive. Each row passes the CHECKs of its table and the guards
//! on new rows, so that what cannot stay in a sound archive is left out with the reason that the file gives.

use super::losses::Recovered;
use super::model::{Column, Layout, Model, Row, columns_of, fields};
use super::record::Stored;
use super::tree::Broken;
use crate::error::Result;
use crate::model::{CAPTURE, CAPTURE_PART, CLAIM, DATE, FILE, Field, Kind, OPERATION, Type};
use crate::store::captures::{captures_of, read_capture, unpack};
use crate::store::connection::Writer;
use crate::store::connection::sqlite_error::message;
use crate::store::operations::{DocumentWriter, is_document};
use rusqlite::types::Value;
use rusqlite::{ErrorCode, params_from_iter};
use std::collections::{BTreeMap, HashMap};

/// The ids that the program gives are below this one: its search index has no room for others.
const MAX_ID: i64 = 1 << 48;

/// The checksum of bytes.
pub type Hash = fn(&[u8]) -> String;

/// The new archive, with the count of what goes into it.
pub(super) struct Sink<'a> {
    pub writer: &'a Writer,
    pub recovered: Recovered,
    /// The last id of each table, as the file notes it.
    pub noted: BTreeMap<String, i64>,
    /// The largest id that a table had, as far as anything tells.
    pub highest: HashMap<String, i64>,
    /// The checksums of captured copies, by the id of the file.
    pub hashes: HashMap<i64, Option<String>>,
    pub hash: Hash,
    /// Rows that refer to a row of their own table that is not there yet.
    waiting: Vec<Row>,
    /// The rows that were read and left out because what they refer to is lost.
    kept: DocumentWriter,
}

/// A reference of a row to one that is not there.
struct Dangling {
    field: &'static Field,
    place: usize,
    table: &'static str,
    to: String,
    required: bool,
}

impl<'a> Sink<'a> {
    pub(super) fn new(writer: &'a Writer, hash: Hash) -> Self {
        Sink {
            writer,
            recovered: Recovered::default(),
            noted: BTreeMap::new(),
            highest: HashMap::new(),
            hashes: HashMap::new(),
            hash,
            waiting: Vec::new(),
            kept: DocumentWriter::of_values(),
        }
    }

    /// Notes that a table had an id.
    pub(super) fn note_id(&mut self, table: &str, id: i64) {
        if id < MAX_ID {
            let highest = self.highest.entry(table.to_owned()).or_default();
            *highest = (*highest).max(id);
        }
    }

    /// The last id that a table gave, as the file notes it; `None` where it does not, or where another id shows that
    /// the note was changed.
    pub(super) fn last_id(&self, table: &str) -> Option<i64> {
        let noted = self.noted.get(table).copied();
        noted.filter(|noted| self.highest.get(table) == Some(noted))
    }

    /// Takes a row of the file, or the news that one cannot be read.
    ///
    /// # Errors
    /// Fails if the new archive cannot be written to.
    pub(super) fn take(
        &mut self,
        model: &Model,
        kind: &'static Kind,
        layout: &Layout,
        page: u32,
        found: std::result::Result<Stored, Broken>,
    ) -> Result<()> {
        match self.read(model, kind, layout, page, found) {
            Ok(row) => self.refer(kind, model.columns(kind.table), row, true),
            Err((key, why)) => {
                self.leave_out(kind, key, why);
                Ok(())
            }
        }
    }

    /// Puts a row into the columns of this program, and looks at its content. Returns the name of a row that is of no
    /// use, and the reason.
    fn read(
        &mut self,
        model: &Model,
        kind: &Kind,
        layout: &Layout,
        page: u32,
        found: std::result::Result<Stored, Broken>,
    ) -> std::result::Result<Row, (String, String)> {
        let stored = found.map_err(|Broken { id, why }| {
            let key = id.map_or_else(String::new, |id| format!("id {id}"));
            (key, format!("a row on page {page}: {why}"))
        })?;
        self.note_id(kind.table, stored.id);
        let columns = model.columns(kind.table);
        let key = format!("id {}", stored.id);
        if !(1..MAX_ID).contains(&stored.id) {
            return Err((key, "its id was changed".to_owned()));
        }
        let too_many = "it has more values than its table has columns";
        let mut row = layout.row(columns, stored).ok_or_else(|| (key, too_many.to_owned()))?;
        if kind.is(&CLAIM) {
            // It follows from the verdicts.
            set(&mut row, columns, "status", None);
        }
        match self.flaw(kind, columns, &mut row) {
            Some(why) => Err((name(kind, columns, &row), why)),
            None => Ok(row),
        }
    }

    /// Writes the rows that waited for rows of their own table.
    ///
    /// # Errors
    /// Fails if the new archive cannot be written to.
    pub(super) fn take_waiting(&mut self, model: &Model, kind: &'static Kind) -> Result<()> {
        let columns = model.columns(kind.table);
        while !self.waiting.is_empty() {
            let rows = std::mem::take(&mut self.waiting);
            let number = rows.len();
            for row in rows {
                self.refer(kind, columns, row, true)?;
            }
            if self.waiting.len() < number {
                continue;
            }
            // What they wait for is lost, or they wait for one another.
            let rows = std::mem::take(&mut self.waiting);
            let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
            let waits = |row: &Row| {
                let own = fields(kind).filter(|field| refers_to(field) == Some((kind.table, "id")));
                own.filter_map(|field| row.value(place(columns, field.column)?))
                    .any(|value| matches!(value, Value::Integer(id) if ids.contains(id)))
            };
            let (mut rows, mut lost): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(waits);
            if lost.is_empty() {
                lost = rows.split_off(rows.len().saturating_sub(1));
            }
            for row in lost {
                self.refer(kind, columns, row, false)?;
            }
            self.waiting = rows;
        }
        Ok(())
    }

    /// Counts and names a row that is left out.
    pub(super) fn leave_out(
        &mut self,
        kind: &'static Kind,
        key: impl Into<String>,
        why: impl Into<String>,
    ) {
        if kind.is(&DATE) {
            return;
        }
        self.recovered.of(kind.table).left_out += 1;
        self.recovered.add(kind.table, key, why);
    }

    /// Returns what is wrong with the content of a row, beyond what its table knows.
    fn flaw(&mut self, kind: &Kind, columns: &[Column], row: &mut Row) -> Option<String> {
        let bytes = |row: &Row, column: &str| match row.value(place(columns, column)?) {
            Some(Value::Blob(bytes)) => Some(bytes.clone()),
            _ => None,
        };
        if kind.is(&FILE) {
            let size = match row.value(place(columns, "sz")?) {
                Some(Value::Integer(size)) => *size,
                _ => return Some("its size is lost".to_owned()),
            };
            let Some(data) = bytes(row, "data") else {
                return Some("its bytes are lost".to_owned());
            };
            let found = match unpack(size, &data) {
                Ok(bytes) => (self.hash)(&bytes),
                Err(why) => return Some(why.to_owned()),
            };
            let captured = self.hashes.get(&row.id).cloned().flatten();
            return captured.filter(|captured| *captured != found).map(|captured| {
                format!("its bytes have the SHA-256 {found}, and {captured} was captured")
            });
        }
        if kind.is(&OPERATION)
            && let Some(document) = bytes(row, "document")
            && !is_document(&document)
        {
            let key = format!("id {}", row.id);
            let lost = "the rows that it removed cannot be read: it cannot be undone";
            self.recovered.add(kind.table, key, lost);
            set(row, columns, "document", None);
            set(row, columns, "document_rows", None);
        }
        None
    }

    /// Writes a row if all that it refers to is there. Where `wait` is true, one that refers to a row of its own
    /// table that is not there waits for it.
    fn refer(
        &mut self,
        kind: &'static Kind,
        columns: &[Column],
        mut row: Row,
        wait: bool,
    ) -> Result<()> {
        let dangling = self.dangling(kind, columns, &row)?;
        if let Some(lost) = dangling.iter().find(|lost| lost.required && lost.table != kind.table) {
            let why =
                format!("{} is {} of {}, which is lost", lost.field.column, lost.to, lost.table);
            self.leave_out(kind, name(kind, columns, &row), why);
            return self.keep(kind, columns, &row);
        }
        if wait && dangling.iter().any(|lost| lost.table == kind.table) {
            self.waiting.push(row);
            return Ok(());
        }
        dangling.iter().for_each(|lost| set_at(&mut row, lost.place, None));
        if !self.insert(kind, columns, &row)? {
            return Ok(());
        }
        for Dangling { field, table, to, .. } in dangling {
            self.recovered.of(kind.table).cut += 1;
            let why =
                format!("{} was {to} of {table}, which is lost: it is empty now", field.column);
            self.recovered.add(kind.table, name(kind, columns, &row), why);
        }
        Ok(())
    }

    /// Keeps a row that was read and is left out, for the record of the operation.
    fn keep(&mut self, kind: &Kind, columns: &[Column], row: &Row) -> Result<()> {
        let id = Value::Integer(row.id);
        let stated = columns.iter().zip(&row.values);
        let stated =
            stated.filter_map(|(column, value)| Some((column.name.as_str(), value.as_ref()?)));
        self.kept.add_row(kind.table, [("id", &id)].into_iter().chain(stated))
    }

    /// The references of a row to rows that are not there.
    fn dangling(&mut self, kind: &Kind, columns: &[Column], row: &Row) -> Result<Vec<Dangling>> {
        let mut found = Vec::new();
        for field in fields(kind) {
            let Some((table, by)) = refers_to(field) else { continue };
            let Some(place) = place(columns, field.column) else { continue };
            let Some(value) = row.value(place) else { continue };
            let sql = format!("SELECT 1 FROM {table} WHERE {by} = ?1");
            let is_there =
                self.writer.conn.prepare_cached(&sql).and_then(|mut s| s.exists([value]));
            if is_there.map_err(|error| self.writer.map_err("look a row up", &error))? {
                continue;
            }
            let to = match value {
                Value::Integer(id) => {
                    if by == "id" {
                        self.note_id(table, *id);
                    }
                    format!("row {id}")
                }
                Value::Text(code) => format!("{code:?}"),
                _ => "something else than a row".to_owned(),
            };
            let required = columns.get(place).is_some_and(|column| column.required);
            found.push(Dangling { field, place, table, to, required });
        }
        Ok(found)
    }

    /// Inserts a row; false where the file refuses it, which is a loss.
    fn insert(&mut self, kind: &'static Kind, columns: &[Column], row: &Row) -> Result<bool> {
        let id = Value::Integer(row.id);
        let (sql, values) = row.insert(kind.table, columns);
        let conn = &self.writer.conn;
        let inserted = if kind.is(&DATE) {
            let sql = "INSERT INTO dates (edtf) SELECT ?1
                 WHERE NOT EXISTS (SELECT 1 FROM dates WHERE edtf = ?1)";
            let date = place(columns, "edtf").and_then(|place| row.value(place));
            conn.prepare_cached(sql).and_then(|mut statement| statement.execute([date]))
        } else {
            let values = params_from_iter([&id].into_iter().chain(values));
            conn.prepare_cached(&sql).and_then(|mut statement| statement.execute(values))
        };
        match inserted {
            Ok(_) => {
                self.recovered.of(kind.table).salvaged += 1;
                Ok(true)
            }
            Err(error) if is_refusal(&error) => {
                let why = message(&error);
                let why = why.strip_prefix("CHECK constraint failed: ").unwrap_or(&why);
                let why = why.split("; to change a row").next().unwrap_or(why);
                self.leave_out(kind, name(kind, columns, row), why);
                Ok(false)
            }
            Err(error) => Err(self.writer.map_err("write the salvaged rows", &error)),
        }
    }

    /// The unpacked bytes of a file that was salvaged, and so can be unpacked.
    fn unpacked(&self, id: i64) -> rusqlite::Result<Vec<u8>> {
        let sql = "SELECT sz, data FROM sqlar WHERE id = ?1";
        let (size, data): (i64, Vec<u8>) =
            self.writer.conn.query_row(sql, [id], |row| Ok((row.get("sz")?, row.get("data")?)))?;
        Ok(unpack(size, &data).unwrap_or_default())
    }

    /// Removes the copies in parts that are not whole, or whose bytes are not those that were captured.
    ///
    /// # Errors
    /// Fails if the new archive cannot be written to.
    pub(super) fn check_parts(&mut self) -> Result<()> {
        for copy in captures_of(self.writer, None)? {
            let Some(first) = copy.files.first().filter(|_| copy.files.len() > 1) else { continue };
            let mut bytes = Vec::new();
            let read = read_capture(self.writer, &copy, &mut |block| {
                bytes.extend_from_slice(block);
                Ok(())
            });
            let why = match (read, &copy.sha256) {
                (Err(error), _) => error.to_string(),
                (Ok(()), Some(captured)) if *captured != (self.hash)(&bytes) => {
                    format!(
                        "the bytes of its parts do not have the SHA-256 {captured} that was captured"
                    )
                }
                _ => continue,
            };
            self.drop_parts(first.id, copy.name.clone(), why)?;
        }
        Ok(())
    }

    /// Removes a copy in parts, of which a part is lost.
    fn drop_parts(&mut self, first: i64, name: String, why: impl Into<String>) -> Result<()> {
        let fail = |error: rusqlite::Error| self.writer.map_err("leave a broken copy out", &error);
        let parts: Vec<i64> = self
            .writer
            .conn
            .prepare("SELECT sqlar_id FROM capture_parts WHERE first_id = ?1")
            .and_then(|mut found| found.query_map([first], |row| row.get("sqlar_id"))?.collect())
            .map_err(fail)?;
        let delete = |kind: &Kind, column: &str, id: i64| {
            let sql = format!("DELETE FROM {} WHERE {column} = ?1", kind.table);
            self.writer.conn.execute(&sql, [id]).map_err(fail)
        };
        let mut gone = vec![
            (&CAPTURE, delete(&CAPTURE, "sqlar_id", first)?),
            (&CAPTURE_PART, delete(&CAPTURE_PART, "first_id", first)?),
            (&FILE, delete(&FILE, "id", first)?),
        ];
        for part in parts {
            gone.push((&FILE, delete(&FILE, "id", part)?));
        }
        for (kind, number) in gone {
            let number = number as u64;
            let of = self.recovered.of(kind.table);
            of.salvaged = of.salvaged.saturating_sub(number);
            of.left_out += number;
        }
        self.recovered.add(FILE.table, name, why);
        Ok(())
    }

    /// Makes the record of a captured copy anew whose own is lost, from what its path says; true if that names a source.
    ///
    /// # Errors
    /// Fails if the new archive cannot be written to.
    pub(super) fn note_files(&mut self) -> Result<()> {
        let fail =
            |error: rusqlite::Error| self.writer.map_err("look at its captured copies", &error);
        let read = || -> rusqlite::Result<Vec<(i64, String, bool)>> {
            let mut statement = self.writer.conn.prepare(include_str!("unrecorded_files.sql"))?;
            statement
                .query_map([], |row| Ok((row.get("id")?, row.get("name")?, row.get("in_parts")?)))?
                .collect()
        };
        for (id, path, in_parts) in read().map_err(fail)? {
            let of = *self.recovered.of(CAPTURE.table);
            if of.gaps == 0 && of.left_out == 0 {
                // It had none before.
                continue;
            }
            if in_parts {
                self.drop_parts(id, path, "the record of this copy in parts is lost")?;
                continue;
            }
            let sha256 = (self.hash)(&self.unpacked(id).map_err(fail)?);
            let note = "The record of this copy was lost, and made anew from its path: that its bytes are those \
                        captured is not proven.";
            let sql = include_str!("record_file.sql");
            let added = self.writer.conn.execute(sql, rusqlite::params![id, path, sha256, note]);
            let what = match added.map_err(fail)? {
                0 => {
                    self.writer
                        .conn
                        .execute("DELETE FROM sqlar WHERE id = ?1", [id])
                        .map_err(fail)?;
                    let of = self.recovered.of(FILE.table);
                    of.salvaged = of.salvaged.saturating_sub(1);
                    of.left_out += 1;
                    format!("the source of this copy is lost; its SHA-256 is {sha256}")
                }
                _ => {
                    self.recovered.of(CAPTURE.table).salvaged += 1;
                    "the record of this copy is lost: the source is the one that its path names, \
                     and its SHA-256 that of its bytes"
                        .to_owned()
                }
            };
            self.recovered.add(FILE.table, path, what);
        }
        Ok(())
    }

    /// Ends the count.
    ///
    /// # Errors
    /// Fails if memory runs out.
    pub(super) fn finish(self) -> Result<Recovered> {
        let Sink { mut recovered, kept, .. } = self;
        recovered.kept = kept.finish()?;
        Ok(recovered)
    }

    /// The columns of a table of the new archive.
    pub(super) fn columns(&self, table: &str) -> Result<Vec<Column>> {
        columns_of(&self.writer.conn, table)
            .map_err(|error| self.writer.map_err("read its columns", &error))
    }
}

/// The table and the column to which a field refers.
pub(super) fn refers_to(field: &Field) -> Option<(&'static str, &'static str)> {
    match field.ty {
        Type::Ref(table) | Type::Id(table) => Some((table, "id")),
        Type::Code(table) | Type::CodeNumber(table) => Some((table, "code")),
        _ => None,
    }
}

/// The position of a column.
pub(super) fn place(columns: &[Column], name: &str) -> Option<usize> {
    columns.iter().position(|column| column.name == name)
}

fn set(row: &mut Row, columns: &[Column], column: &str, value: Option<Value>) {
    if let Some(place) = place(columns, column) {
        set_at(row, place, value);
    }
}

fn set_at(row: &mut Row, place: usize, value: Option<Value>) {
    if let Some(slot) = row.values.get_mut(place) {
        *slot = value;
    }
}

/// The name of a row: its key, its code, its path, or its id.
fn name(kind: &Kind, columns: &[Column], row: &Row) -> String {
    let named = place(columns, kind.name_column()).and_then(|place| row.value(place));
    match named {
        Some(Value::Text(name)) if !name.is_empty() => name.clone(),
        _ => format!("id {}", row.id),
    }
}

/// Returns true if the file refuses a row, and could still take others.
fn is_refusal(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch | ErrorCode::TooBig)
    )
}
