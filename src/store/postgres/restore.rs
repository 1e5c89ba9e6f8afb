//! An archive of the rows that a database in PostgreSQL holds, with the same ids: what a folder of `export postgres` or a
//! server has becomes a file, which is then read as any other.

use super::copy_text::CopyReader;
use super::{OWN_VIEW_COLUMNS, PostgresTable, bytes_of, postgres_tables};
use crate::error::{Error, Result};
use crate::model::{OWN_VIEWS, Type, all_kinds};
use crate::store::connection::{NewNames, Writer, create};
use crate::store::rows::sql::quote;
use crate::store::schema::{ViewSpec, install_views, keep_columns, store_view};
use crate::store::search;
use rusqlite::types::Value as Bound;
use rusqlite::{Statement, params_from_iter};
use std::io::BufRead;
use std::path::Path;

/// The rows of a database in PostgreSQL, table by table.
pub trait PostgresRows {
    /// Passes the rows of a table, in the text format of `COPY` with these columns, to `take`.
    ///
    /// # Errors
    /// Fails if they cannot be read; returns the errors of `take`.
    fn read(
        &mut self,
        table: &PostgresTable,
        take: &mut dyn FnMut(&mut dyn BufRead) -> Result<()>,
    ) -> Result<()>;

    /// The table and the largest id that it ever had, where that is known.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    fn last_ids(&mut self) -> Result<Vec<(String, i64)>>;
}

/// Creates an archive at `path` that has these rows, under the same ids. `views` are the reports and checks. The search
/// index is filled; no rule but the CHECKs of the tables was asked.
///
/// # Errors
/// Fails if the rows cannot be read, are not those of an archive, or the archive cannot be written.
pub fn restore_rows(path: &Path, views: &[ViewSpec], rows: &mut dyn PostgresRows) -> Result<()> {
    // The row of the archive comes with the others.
    create(path, "0001-01-01T00:00:00Z", NewNames::default(), |writer| {
        install_views(writer, views)?;
        keep_columns(writer, views)?;
        writer.rely_on_guards()?;
        writer.transact(|writer| {
            let all = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
            writer.without_triggers(all, || {
                for table in postgres_tables(writer)? {
                    rows.read(&table, &mut |input| match table.name == OWN_VIEWS {
                        true => store_views(writer, input),
                        false => fill_table(writer, &table, input),
                    })?;
                }
                keep_ids(writer, &rows.last_ids()?)?;
                search::index::rebuild(&writer.conn)
                    .map_err(|error| writer.map_err("index its words", &error))
            })
        })
    })
}

/// The type by which the text of a cell becomes a value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum CellType {
    Text,
    /// An integer, or else a real number; a text that is none stays one, for the CHECK of the column to refuse.
    Number,
    Bytes,
    /// That of the column which a revision is about.
    Former,
}

impl CellType {
    /// The type of a column that is declared so.
    fn declared(name: &str) -> CellType {
        match name.to_ascii_uppercase().as_str() {
            "" => CellType::Former,
            "BLOB" => CellType::Bytes,
            name if name.contains("INT") || name == "REAL" || name == "NUMERIC" => CellType::Number,
            _ => CellType::Text,
        }
    }

    /// The type of what a column held before a change; a reference is noted as the key of its row.
    fn former(table: Option<&str>, column: Option<&str>) -> CellType {
        let kind = all_kinds().find(|kind| Some(kind.table) == table);
        let field = kind.and_then(|kind| kind.fields.iter().find(|f| Some(f.column) == column));
        match field.map(|field| field.ty) {
            Some(Type::Number | Type::Integer | Type::Flag | Type::CodeNumber(_)) => {
                CellType::Number
            }
            Some(Type::Bytes) => CellType::Bytes,
            _ => CellType::Text,
        }
    }

    /// The value that the text of a cell stands for.
    fn value(self, text: String) -> Bound {
        match self {
            CellType::Number => match text.parse::<i64>() {
                Ok(number) => Bound::Integer(number),
                Err(_) => text.parse::<f64>().map_or(Bound::Text(text), Bound::Real),
            },
            CellType::Bytes => {
                text.strip_prefix("\\x").and_then(bytes_of).map_or(Bound::Text(text), Bound::Blob)
            }
            CellType::Text | CellType::Former => Bound::Text(text),
        }
    }
}

/// Puts rows in the place of those that a table of a new archive has.
fn fill_table(writer: &Writer, table: &PostgresTable, input: &mut dyn BufRead) -> Result<()> {
    let fail = |error: rusqlite::Error| writer.map_err(&format!("fill {}", table.name), &error);
    let name = quote(&table.name);
    writer.conn.execute(&format!("DELETE FROM {name}"), []).map_err(fail)?;
    let types = cell_types(writer, table).map_err(fail)?;
    let columns: Vec<String> = table.columns.iter().map(|column| quote(column)).collect();
    let places = vec!["?"; columns.len()].join(", ");
    let sql = format!("INSERT INTO main.{name} ({}) VALUES ({places})", columns.join(", "));
    let mut insert = writer.conn.prepare(&sql).map_err(fail)?;
    let position = |name: &str| table.columns.iter().position(|column| column == name);
    let changed = position("table_name").zip(position("column_name"));
    let mut rows = CopyReader::new(input);
    let mut cells = Vec::new();
    while rows.next(&mut cells).map_err(|error| not_read(table, error))? {
        if let Some(why) = writer.stopped() {
            return Err(Error::Stopped { why: why.to_owned() });
        }
        if cells.len() != types.len() {
            let why = format!("{} cells, where {} has {}", cells.len(), table.name, types.len());
            return Err(unreadable(table, &rows.wrong(&why)));
        }
        let former = changed.map_or(CellType::Text, |(of, column)| {
            CellType::former(cells[of].as_deref(), cells[column].as_deref())
        });
        let values = cells.drain(..).zip(&types).map(|(cell, ty)| match (cell, ty) {
            (None, _) => Bound::Null,
            (Some(text), CellType::Former) => former.value(text),
            (Some(text), ty) => ty.value(text),
        });
        insert_row(&mut insert, values).map_err(|error| {
            let why = crate::store::connection::sqlite_error::message(&error);
            match error.sqlite_error_code() {
                Some(
                    rusqlite::ErrorCode::ConstraintViolation | rusqlite::ErrorCode::TypeMismatch,
                ) => unreadable(table, &rows.wrong(&why)),
                _ => fail(error),
            }
        })?;
    }
    Ok(())
}

fn insert_row(
    insert: &mut Statement<'_>,
    values: impl Iterator<Item = Bound>,
) -> rusqlite::Result<()> {
    insert.execute(params_from_iter(values)).map(|_| ())
}

fn cell_types(writer: &Writer, table: &PostgresTable) -> rusqlite::Result<Vec<CellType>> {
    let sql = "SELECT type FROM pragma_table_info(?1) ORDER BY cid";
    let mut statement = writer.conn.prepare(sql)?;
    let types = statement.query_map([&table.name], |row| row.get::<_, String>("type"))?;
    types.map(|ty| ty.map(|ty| CellType::declared(&ty))).collect()
}

/// Stores the views that people made.
fn store_views(writer: &Writer, input: &mut dyn BufRead) -> Result<()> {
    let table = PostgresTable::own_views();
    let mut rows = CopyReader::new(input);
    let mut cells = Vec::new();
    while rows.next(&mut cells).map_err(|error| not_read(&table, error))? {
        match cells.as_slice() {
            [Some(name), Some(sql)] => store_view(writer, name, sql, true).map(drop)?,
            _ => {
                let why = format!("a view has {}", OWN_VIEW_COLUMNS.join(" and "));
                return Err(unreadable(&table, &rows.wrong(&why)));
            }
        }
    }
    Ok(())
}

/// Notes the largest id that each table ever had, so that none is given twice.
fn keep_ids(writer: &Writer, ids: &[(String, i64)]) -> Result<()> {
    let keep = || -> rusqlite::Result<()> {
        let mut note = writer.conn.prepare(include_str!("last_id.sql"))?;
        let mut add = writer.conn.prepare(
            "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
        )?;
        for (table, id) in ids {
            note.execute((table, id))?;
            add.execute((table, id))?;
        }
        Ok(())
    };
    keep().map_err(|error| writer.map_err("note the last ids", &error))
}

/// The error of reading: of what they come from, or that they are no rows.
fn not_read(table: &PostgresTable, error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::InvalidData => unreadable(table, &error),
        _ => Error::Output(error),
    }
}

/// The error for rows that are not those of an archive.
fn unreadable(table: &PostgresTable, error: &std::io::Error) -> Error {
    Error::Refused {
        what: format!("cannot read the rows of {}: {error}", table.name),
        hint: String::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::CellType;
    use crate::store::postgres::bytes_of;
    use rusqlite::types::Value as Bound;

    #[test]
    fn a_cell_becomes_a_value_of_the_type_of_its_column() {
        for (ty, text, value) in [
            ("INTEGER", "-5", Bound::Integer(-5)),
            ("NUMERIC", "350", Bound::Integer(350)),
            ("NUMERIC", "1e-1", Bound::Real(0.1)),
            ("NUMERIC", "100000000000000000000", Bound::Real(1e20)),
            ("NUMERIC", "x", Bound::Text("x".to_owned())),
            ("TEXT", "5", Bound::Text("5".to_owned())),
            ("BLOB", "\\x00ff", Bound::Blob(vec![0, 255])),
            ("BLOB", "\\x0", Bound::Text("\\x0".to_owned())),
        ] {
            assert_eq!(CellType::declared(ty).value(text.to_owned()), value, "{ty} {text}");
        }
        assert_eq!(CellType::declared(""), CellType::Former);
        for (table, column, ty) in [
            ("figures", "value", CellType::Number),
            ("claims", "version", CellType::Number),
            // A key, which may be of digits.
            ("figures", "measure_id", CellType::Text),
            ("claims", "text", CellType::Text),
            ("gone", "value", CellType::Text),
        ] {
            assert_eq!(CellType::former(Some(table), Some(column)), ty, "{table}.{column}");
        }
        assert_eq!(bytes_of("0g"), None);
    }
}
