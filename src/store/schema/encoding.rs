//! Text that is not UTF-8, as another tool can put it into a file: finds it, and reads it in the encoding in which it
//! was written. SQLite stores whatever bytes it is given.

use crate::model::all_kinds;
use crate::store::rows::sql::quote;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

/// A text that is not UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct BrokenText {
    pub table: String,
    /// The row in SQLite.
    pub row: i64,
    /// The key of the record, else its id.
    pub key: String,
    pub column: String,
    pub bytes: Vec<u8>,
}

impl BrokenText {
    /// The text as far as it can be read, with the other bytes as `\xE9`, at most so many characters of it.
    pub(in crate::store) fn shown(&self, most: usize) -> String {
        let mut shown = String::new();
        for chunk in self.bytes.utf8_chunks() {
            shown.push_str(chunk.valid());
            shown.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
        }
        match shown.char_indices().nth(most) {
            Some((end, _)) => format!("{}…", &shown[..end]),
            None => shown,
        }
    }
}

/// The first texts of a file that are not UTF-8, at most so many, table by table.
pub(in crate::store) fn broken_texts(
    conn: &Connection,
    most: usize,
) -> rusqlite::Result<Vec<BrokenText>> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    conn.create_scalar_function("has_broken_text", -1, flags, |context| {
        Ok((0..context.len()).any(|n| is_broken(context.get_raw(n))))
    })?;
    let mut found = Vec::new();
    for table in tables(conn)? {
        let columns = text_columns(conn, &table)?;
        if columns.is_empty() {
            continue;
        }
        let list = columns.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ");
        // Of the file, where a view of the program stands before a table of this name.
        let from = format!("main.{}", quote(&table));
        let sql = format!("SELECT rowid, {list} FROM {from} WHERE has_broken_text({list})");
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            for (n, column) in columns.iter().enumerate() {
                let ValueRef::Text(bytes) = row.get_ref(n + 1)? else { continue };
                if !is_broken(ValueRef::Text(bytes)) {
                    continue;
                }
                if found.len() == most {
                    return Ok(found);
                }
                found.push(BrokenText {
                    table: table.clone(),
                    row: id,
                    key: key_of(conn, &table, id)?,
                    column: column.clone(),
                    bytes: bytes.to_vec(),
                });
            }
        }
    }
    Ok(found)
}

/// The most characters of a text that the rules of an archive allow.
const MAX_CHARS: i64 = 1_000_000;

/// A text that is longer than the rules of an archive allow, as another tool can put it into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct LongText {
    pub table: String,
    /// The key of the record, else its id.
    pub key: String,
    pub column: String,
    /// The number of its characters.
    pub chars: i64,
}

/// The first texts of the tables of an archive that are longer than its rules allow, at most so many. A text that is not
/// long is not read.
pub(in crate::store) fn long_texts(
    conn: &Connection,
    most: usize,
) -> rusqlite::Result<Vec<LongText>> {
    let mut found = Vec::new();
    let own = |table: &String| all_kinds().any(|kind| kind.is_of(table));
    for table in tables(conn)?.into_iter().filter(own) {
        let columns = text_columns(conn, &table)?;
        let lengths = columns.iter().map(|name| {
            let name = quote(name);
            format!("CASE WHEN octet_length({name}) > {MAX_CHARS} AND typeof({name}) = 'text' THEN length({name}) END")
        });
        let long =
            columns.iter().map(|name| format!("octet_length({}) > {MAX_CHARS}", quote(name)));
        let (lengths, long) = (lengths.collect::<Vec<_>>(), long.collect::<Vec<_>>());
        if columns.is_empty() {
            continue;
        }
        let sql = format!(
            "SELECT rowid, {} FROM main.{} WHERE {}",
            lengths.join(", "),
            quote(&table),
            long.join(" OR ")
        );
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for (n, column) in columns.iter().enumerate() {
                let chars: Option<i64> = row.get(n + 1)?;
                let Some(chars) = chars.filter(|chars| *chars > MAX_CHARS) else { continue };
                if found.len() == most {
                    return Ok(found);
                }
                let key = key_of(conn, &table, row.get(0)?)?;
                let (table, column) = (table.clone(), column.clone());
                found.push(LongText { table, key, column, chars });
            }
        }
    }
    Ok(found)
}

/// Puts a text in place of one that is not UTF-8.
pub(in crate::store) fn replace_text(
    conn: &Connection,
    broken: &BrokenText,
    text: &str,
) -> rusqlite::Result<()> {
    let BrokenText { table, column, row, .. } = broken;
    let sql = format!("UPDATE {} SET {} = ?1 WHERE rowid = ?2", quote(table), quote(column));
    conn.execute(&sql, rusqlite::params![text, row]).map(|_| ())
}

fn is_broken(value: ValueRef<'_>) -> bool {
    matches!(value, ValueRef::Text(bytes) if std::str::from_utf8(bytes).is_err())
}

/// The tables with rows of their own: not those of SQLite, nor those in which a search index keeps its words.
fn tables(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare(include_str!("encoding_tables.sql"))?;
    statement.query_map([], |row| row.get("name"))?.collect()
}

/// The columns that may hold text. Columns of bytes are left out: a captured copy may be large.
fn text_columns(conn: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_info(?1, 'main') WHERE upper(type) <> 'BLOB'";
    conn.prepare(sql)?.query_map([table], |row| row.get("name"))?.collect()
}

/// The key of a row, else its id.
fn key_of(conn: &Connection, table: &str, id: i64) -> rusqlite::Result<String> {
    let number = || format!("id {id}");
    if !all_kinds().any(|kind| kind.table == table && kind.keyed()) {
        return Ok(number());
    }
    let sql = format!("SELECT key FROM {} WHERE rowid = ?1", quote(table));
    let read = |row: &rusqlite::Row<'_>| match row.get_ref("key")? {
        ValueRef::Text(bytes) => Ok(String::from_utf8(bytes.to_vec()).ok()),
        _ => Ok(None),
    };
    Ok(conn.query_row(&sql, [id], read).optional()?.flatten().unwrap_or_else(number))
}
