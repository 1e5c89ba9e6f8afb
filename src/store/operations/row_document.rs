//! Rows as they stood in their tables, kept in the operation that removed them: compressed NDJSON, a
//! row a line, with the ids of this file. Row by row in the history they would take three times the
//! room.

use crate::error::{Error, Result};
use crate::model::{FILE, Kind, Type};
use crate::store::blobs::{Cell, MAX_BYTES_IN_ROW, copy_cell};
use crate::store::connection::Writer;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use rusqlite::blob::ZeroBlob;
use rusqlite::params;
use rusqlite::types::{Value, ValueRef};
use serde_json::{Map, Value as Json};
use std::io::{BufRead, BufReader, Read, Write};

/// A row: its table, and its columns with their values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StoredRow {
    pub(super) table: String,
    pub(super) id: i64,
    pub(super) columns: Vec<(String, Value)>,
    /// The column `data`, if its bytes are not in the document.
    pub(super) apart: Option<BytesApart>,
}

/// Bytes that are too many for a document: a row of `removed_bytes` has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BytesApart {
    /// The id of that row.
    pub(super) id: i64,
    /// The number of bytes.
    pub(super) length: i64,
}

impl StoredRow {
    /// The text in a column.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        match self.columns.iter().find(|(name, _)| name == column)? {
            (_, Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// Packs rows into the document of an operation.
pub(in crate::store) struct DocumentWriter {
    operation: i64,
    encoder: ZlibEncoder<Vec<u8>>,
    rows: usize,
}

impl DocumentWriter {
    /// A writer of rows that are given by their values, of which nothing is kept apart.
    pub(in crate::store) fn of_values() -> Self {
        DocumentWriter::new(0)
    }

    /// A writer of rows that an operation removes.
    pub(in crate::store) fn new(operation: i64) -> Self {
        let encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        DocumentWriter { operation, encoder, rows: 0 }
    }

    /// Adds the rows of a kind with the ids that `list` gives, whole. Bytes that are too many for a document go into
    /// rows of their own.
    pub(super) fn add(&mut self, writer: &Writer, kind: &Kind, list: &str) -> Result<()> {
        let columns = match kind.is(&FILE) {
            true => {
                let fields = kind.fields.iter().filter(|field| field.ty != Type::Bytes);
                let plain: String = fields.map(|field| format!("t.{}, ", field.column)).collect();
                format!(
                    "t.id, {plain}CASE WHEN length(t.data) <= {MAX_BYTES_IN_ROW} THEN t.data END AS data,
                     CASE WHEN length(t.data) > {MAX_BYTES_IN_ROW} THEN length(t.data) END AS apart"
                )
            }
            false => "t.*".to_owned(),
        };
        let sql = format!(
            "SELECT {columns} FROM ({list}) AS u CROSS JOIN {table} AS t ON t.id = u.id ORDER BY u.id",
            table = kind.table
        );
        self.add_rows(writer, kind.table, &sql)
    }

    /// Adds the rows of a table that a query selects. A column `apart` has the number of bytes that the query left out.
    fn add_rows(&mut self, writer: &Writer, table: &str, sql: &str) -> Result<()> {
        let fail = |error: rusqlite::Error| writer.map_err("read the rows to remove", &error);
        let mut statement = writer.conn.prepare(sql).map_err(fail)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let mut object = Map::new();
            object.insert("table".to_owned(), table.into());
            for (n, name) in names.iter().enumerate() {
                if name == "apart" {
                    if let Some(length) = row.get(n).map_err(fail)? {
                        let id = row.get("id").map_err(fail)?;
                        let apart = self.keep_apart(writer, id, length)?;
                        object.insert("data".to_owned(), apart);
                    }
                    continue;
                }
                let json = match row.get_ref(n).map_err(fail)? {
                    ValueRef::Null => continue,
                    ValueRef::Integer(number) => number.into(),
                    ValueRef::Real(number) => number.into(),
                    // Text that is not UTF-8 could not be put back as it was.
                    ValueRef::Text(text) => {
                        std::str::from_utf8(text).map_err(|error| fail(error.into()))?.into()
                    }
                    ValueRef::Blob(bytes) => packed(bytes),
                };
                object.insert(name.clone(), json);
            }
            serde_json::to_writer(&mut self.encoder, &object).map_err(std::io::Error::from)?;
            self.encoder.write_all(b"\n")?;
            self.rows += 1;
        }
        Ok(())
    }

    /// Keeps the bytes of a file in a row of their own. Returns the reference to that row.
    fn keep_apart(&self, writer: &Writer, file: i64, length: i64) -> Result<Json> {
        let sql = "INSERT INTO removed_bytes (operation_id, data) VALUES (?1, ?2)";
        let bytes = ZeroBlob(u64::try_from(length).unwrap_or_default());
        let insert = || -> rusqlite::Result<i64> {
            writer.conn.prepare_cached(sql)?.execute(params![self.operation, bytes])?;
            Ok(writer.conn.last_insert_rowid())
        };
        let id = insert().map_err(|error| writer.map_err("keep the rows to remove", &error))?;
        copy_cell(writer, Cell::of_file(file), writer, Cell::of_removed(id))?;
        let mut object = Map::new();
        object.insert("removed_bytes".to_owned(), id.into());
        object.insert("length".to_owned(), length.into());
        Ok(Json::Object(object))
    }

    /// Adds a row by its values.
    pub(in crate::store) fn add_row<'a>(
        &mut self,
        table: &str,
        values: impl Iterator<Item = (&'a str, &'a Value)>,
    ) -> Result<()> {
        let mut object = Map::new();
        object.insert("table".to_owned(), table.into());
        for (name, value) in values {
            let json = match value {
                Value::Null => continue,
                Value::Integer(number) => (*number).into(),
                Value::Real(number) => (*number).into(),
                Value::Text(text) => text.as_str().into(),
                Value::Blob(bytes) => packed(bytes),
            };
            object.insert(name.to_owned(), json);
        }
        serde_json::to_writer(&mut self.encoder, &object).map_err(std::io::Error::from)?;
        self.encoder.write_all(b"\n")?;
        self.rows += 1;
        Ok(())
    }

    /// The compressed bytes, and the number of rows in them.
    pub(in crate::store) fn finish(self) -> Result<(Vec<u8>, usize)> {
        Ok((self.encoder.finish()?, self.rows))
    }
}

fn packed(bytes: &[u8]) -> Json {
    let mut object = Map::new();
    object.insert("base64".to_owned(), BASE64.encode(bytes).into());
    Json::Object(object)
}

/// The most bytes of a row of a document: all of its texts are as long as a text may be. A document that unfolds to
/// more is no document of ours.
const MAX_ROW: usize = 64 << 20;

/// Passes the rows of a document to `take`.
pub(super) fn read_document(
    bytes: &[u8],
    take: &mut dyn FnMut(StoredRow) -> Result<()>,
) -> Result<()> {
    let damaged = || Error::Refused {
        what: "the rows that the operation removed cannot be read".to_owned(),
        hint: "`onrecord check` looks for damage".to_owned(),
    };
    let mut input = BufReader::new(ZlibDecoder::new(bytes));
    let mut line = Vec::new();
    loop {
        line.clear();
        let most = MAX_ROW as u64 + 1;
        let read = input.by_ref().take(most).read_until(b'\n', &mut line);
        match read.map_err(|_| damaged())? {
            0 => break,
            number if number > MAX_ROW => return Err(damaged()),
            _ => {}
        }
        let object: Map<String, Json> = serde_json::from_slice(&line).map_err(|_| damaged())?;
        let mut row = StoredRow { table: String::new(), id: 0, columns: Vec::new(), apart: None };
        for (name, json) in object {
            if let Some(apart) = bytes_apart(&json) {
                row.apart = Some(apart);
                continue;
            }
            let value = unpacked(json).ok_or_else(damaged)?;
            match (name.as_str(), value) {
                ("table", Value::Text(table)) => row.table = table,
                (_, value) => {
                    if let ("id", Value::Integer(id)) = (name.as_str(), &value) {
                        row.id = *id;
                    }
                    row.columns.push((name, value));
                }
            }
        }
        take(row)?;
    }
    Ok(())
}

/// The reference to bytes that are not in the document.
fn bytes_apart(json: &Json) -> Option<BytesApart> {
    let of = |name: &str| json.get(name).and_then(Json::as_i64);
    Some(BytesApart { id: of("removed_bytes")?, length: of("length")? })
}

/// Returns true if the bytes are a document of rows.
pub(in crate::store) fn is_document(bytes: &[u8]) -> bool {
    read_document(bytes, &mut |_| Ok(())).is_ok()
}

fn unpacked(json: Json) -> Option<Value> {
    Some(match json {
        Json::String(text) => Value::Text(text),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Integer(number),
            None => Value::Real(number.as_f64()?),
        },
        Json::Object(object) => Value::Blob(BASE64.decode(object.get("base64")?.as_str()?).ok()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{DocumentWriter, MAX_ROW, is_document, read_document};
    use crate::store::in_memory;
    use flate2::{Compression, write::ZlibEncoder};
    use rusqlite::types::Value;
    use std::io::Write;

    #[test]
    fn a_row_that_unfolds_to_more_than_a_row_is_none() {
        let document = |blanks: usize| {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
            let line = format!("{{\"table\":\"t\",{}\"id\":1}}\n", " ".repeat(blanks));
            encoder.write_all(line.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        assert!(is_document(&document(MAX_ROW - 30)));
        assert!(!is_document(&document(MAX_ROW)));
    }

    #[test]
    fn a_row_comes_out_of_a_document_as_it_went_in() {
        let writer = in_memory("2021-01-01T00:00:00Z").unwrap();
        writer
            .conn
            .execute_batch(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c, d);
                 INSERT INTO t VALUES (3, 1, 1.0, 'é', x'00ff'), (9, NULL, -2.5, '', NULL)",
            )
            .unwrap();
        let mut document = DocumentWriter::new(1);
        document.add_rows(&writer, "t", "SELECT * FROM t").unwrap();
        let (bytes, number) = document.finish().unwrap();
        assert_eq!(number, 2);
        let mut rows = Vec::new();
        let mut take = |row| {
            rows.push(row);
            Ok(())
        };
        read_document(&bytes, &mut take).unwrap();
        assert_eq!((rows[0].table.as_str(), rows[0].id, rows[1].id), ("t", 3, 9));
        let values: Vec<Value> = rows[0].columns.iter().map(|(_, value)| value.clone()).collect();
        assert_eq!(
            values,
            [
                Value::Integer(3),
                Value::Integer(1),
                Value::Real(1.0),
                Value::Text("é".to_owned()),
                Value::Blob(vec![0, 255])
            ]
        );
        assert_eq!(rows[1].columns.len(), 3, "what is NULL is left out");
        let (bytes, number) = DocumentWriter::new(1).finish().unwrap();
        assert_eq!(number, 0);
        assert!(read_document(&bytes, &mut |row| panic!("{row:?}")).is_ok());
        assert!(read_document(b"nothing", &mut |_| Ok(())).is_err());
    }
}
