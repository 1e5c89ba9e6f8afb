//! The tables of a lake, as `export parquet` writes them: each row becomes the line that `export ndjson` would write
//! for it, and is read as that.

use super::document::field::Codes;
use super::ndjson::{ExtendedCodes, read_unit};
use super::unit::{Raw, Sink};
use crate::model::{
    CARRIED_OPERATIONS, FILE_BYTES, KINDS, Kind, LakeValue, Nested, OWN_VIEWS, Role, SourcePos,
    Type, has_file_bytes, lake_columns, names_operations,
};
use base64::Engine as _;
use parquet::file::reader::SerializedFileReader;
use parquet::record::Field as Cell;
use parquet::record::reader::RowIter;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Error, Result};

/// A table of a lake: its name, and the paths of its files in the order of their rows.
pub type LakeFiles = (String, Vec<String>);

/// Reads the tables of a lake and passes each row to the sink as a unit. `open` opens a file by its path in the folder.
///
/// # Errors
/// Fails if a file cannot be opened, or is not what `export parquet` writes.
pub fn read_lake(
    tables: &[LakeFiles],
    open: &dyn Fn(&str) -> Result<File>,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> Result<()> {
    let codes = ExtendedCodes::over(codes);
    let rows = |table: &str| Rows::of(tables, table, open);
    let mut pass = |table: &str, number: usize, line: &str| {
        let mut unit = read_unit(line, number, &codes);
        unit.raw = Raw::Text(line.to_owned());
        let pos = SourcePos::Row(format!("{table}, row {number}"));
        unit.map_positions(&|old| *old = pos.clone());
        sink.unit(unit)
    };
    let mut carried = BTreeSet::new();
    for kind in KINDS.iter().filter(|kind| kind.role != Role::Part) {
        if names_operations(kind) {
            for (number, row) in rows(CARRIED_OPERATIONS)?.enumerate() {
                let row = row?;
                carried.extend(row.whole("number"));
                let line = row.text("line")?;
                let line = line.strip_prefix('{').unwrap_or(line);
                let line = format!("{{\"table\":\"operations\",{line}");
                if !pass(CARRIED_OPERATIONS, number + 1, &line) {
                    return Ok(());
                }
            }
        }
        let nested = kind.nested.iter().filter(|nested| !nested.kind.authored);
        let mut parts: Vec<Parts<'_>> =
            nested.map(|nested| Parts::of(nested, tables, open)).collect::<Result<_>>()?;
        let mut bytes = match has_file_bytes(kind) {
            true => Some(rows(FILE_BYTES)?.peekable()),
            false => None,
        };
        for (number, row) in rows(kind.table)?.enumerate() {
            let row = row?;
            let mut line = Object::of_table(kind.table);
            row.state(kind, &carried, &mut line, false)?;
            let id = row.whole("id");
            for part in &mut parts {
                part.state(id, &mut line)?;
            }
            if let Some(blocks) = &mut bytes {
                state_bytes(id, blocks, &mut line)?;
            }
            if !pass(kind.table, number + 1, &line.end()) {
                return Ok(());
            }
        }
    }
    for (number, row) in rows(OWN_VIEWS)?.enumerate() {
        let row = row?;
        let mut line = Object::of_table("views");
        line.add("name", &quoted(row.text("name")?));
        line.add("sql", &quoted(row.text("sql")?));
        if !pass(OWN_VIEWS, number + 1, &line.end()) {
            return Ok(());
        }
    }
    Ok(())
}

/// The rows of a table, file after file.
struct Rows<'a> {
    table: String,
    files: std::slice::Iter<'a, String>,
    open: &'a dyn Fn(&str) -> Result<File>,
    current: Option<RowIter<'static>>,
}

impl<'a> Rows<'a> {
    fn of(
        tables: &'a [LakeFiles],
        table: &str,
        open: &'a dyn Fn(&str) -> Result<File>,
    ) -> Result<Self> {
        let found = tables.iter().find(|(name, _)| name == table);
        let (_, files) = found.ok_or_else(|| Error::other(format!("it has no table {table}")))?;
        Ok(Rows { table: table.to_owned(), files: files.iter(), open, current: None })
    }

    fn step(&mut self) -> Result<Option<Row>> {
        loop {
            if let Some(current) = &mut self.current
                && let Some(row) = current.next()
            {
                let cells = row.map_err(|error| self.failed(&error))?.into_columns();
                return Ok(Some(Row { table: self.table.clone(), cells }));
            }
            let Some(path) = self.files.next() else { return Ok(None) };
            let file = SerializedFileReader::new((self.open)(path)?);
            let file = file.map_err(|error| self.failed(&error))?;
            self.current = Some(RowIter::from_file_into(Box::new(file)));
        }
    }

    fn failed(&self, error: &parquet::errors::ParquetError) -> Error {
        Error::other(format!("its table {} cannot be read: {error}", self.table))
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        self.step().transpose()
    }
}

/// A row of a table.
struct Row {
    table: String,
    cells: Vec<(String, Cell)>,
}

impl Row {
    fn cell(&self, name: &str) -> Result<&Cell> {
        let found = self.cells.iter().find(|(known, _)| known == name).map(|(_, cell)| cell);
        found.ok_or_else(|| Error::other(format!("its table {} has no column {name}", self.table)))
    }

    /// The whole number in a column; `None` where there is none.
    fn whole(&self, name: &str) -> Option<i64> {
        match self.cell(name) {
            Ok(Cell::Long(number)) => Some(*number),
            _ => None,
        }
    }

    fn text(&self, name: &str) -> Result<&str> {
        match self.cell(name)? {
            Cell::Str(text) => Ok(text),
            _ => Err(Error::other(format!("{name} of a row of {} is no text", self.table))),
        }
    }

    /// The bytes in a column; none where there are none.
    fn bytes(&self, name: &str) -> &[u8] {
        match self.cell(name) {
            Ok(Cell::Bytes(bytes)) => bytes.data(),
            _ => &[],
        }
    }

    /// Adds the fields of a kind, those that are not stated as null unless `only_stated`. An operation that is not
    /// among `carried` stays unsaid.
    fn state(
        &self,
        kind: &'static Kind,
        carried: &BTreeSet<i64>,
        to: &mut Object,
        only_stated: bool,
    ) -> Result<()> {
        let columns = lake_columns(kind);
        for field in kind.fields.iter().filter(|field| field.ty != Type::Bytes) {
            let of = |wanted: fn(&LakeValue) -> Option<&'static crate::model::Field>| {
                let is_its = |value| wanted(value).is_some_and(|own| std::ptr::eq(own, field));
                columns.iter().find(|column| is_its(&column.value)).map(|c| c.name.as_str())
            };
            let key = of(|value| match value {
                LakeValue::Key(field) => Some(field),
                _ => None,
            });
            let digits = of(|value| match value {
                LakeValue::Digits(field) => Some(field),
                _ => None,
            });
            let cell = self.cell(key.unwrap_or(field.column))?;
            let json = match (cell, field.ty) {
                (Cell::Null, _) if only_stated => continue,
                (Cell::Long(number), Type::Id(_)) if !carried.contains(number) => "null".to_owned(),
                (Cell::Str(json), Type::Any) => json.clone(),
                (cell, Type::Number) => match digits.map(|name| self.cell(name)).transpose()? {
                    Some(Cell::Str(digits)) => digits.clone(),
                    _ => self.json(field.name, cell)?,
                },
                (cell, _) => self.json(field.name, cell)?,
            };
            to.add(field.name, &json);
        }
        Ok(())
    }

    fn json(&self, name: &str, cell: &Cell) -> Result<String> {
        Ok(match cell {
            Cell::Null => "null".to_owned(),
            Cell::Long(number) => number.to_string(),
            Cell::Double(number) => serde_json::to_string(number)?,
            Cell::Str(text) => quoted(text),
            other => {
                let table = &self.table;
                let why = format!("{name} of a row of {table} is of another type: {other}");
                return Err(Error::other(why));
            }
        })
    }
}

/// The rows that stand inside those of another kind, which come in the same order.
struct Parts<'a> {
    nested: &'static Nested,
    rows: std::iter::Peekable<Rows<'a>>,
}

impl<'a> Parts<'a> {
    fn of(
        nested: &'static Nested,
        tables: &'a [LakeFiles],
        open: &'a dyn Fn(&str) -> Result<File>,
    ) -> Result<Self> {
        let rows = Rows::of(tables, nested.kind.table, open)?.peekable();
        Ok(Parts { nested, rows })
    }

    /// Adds the rows that stand inside the row with this id.
    fn state(&mut self, id: Option<i64>, to: &mut Object) -> Result<()> {
        let kind = self.nested.kind;
        let parent = kind.local.first().map_or("", |field| field.column);
        let mut parts = Vec::new();
        // One whose row is not there is passed over, as the other exports do.
        while let Some(row) = next_up_to(&mut self.rows, parent, id)? {
            if row.whole(parent) == id {
                let mut part = Object::default();
                row.state(kind, &BTreeSet::new(), &mut part, true)?;
                parts.push(part.end());
            }
        }
        if !parts.is_empty() {
            to.add(self.nested.word, &format!("[{}]", parts.join(",")));
        }
        Ok(())
    }
}

/// Takes the next row if what its column holds is at most `id`.
fn next_up_to(
    rows: &mut std::iter::Peekable<Rows<'_>>,
    column: &str,
    id: Option<i64>,
) -> Result<Option<Row>> {
    rows.next_if(|row| row.as_ref().map_or(true, |row| row.whole(column) <= id)).transpose()
}

/// Adds the bytes of the file with this id.
fn state_bytes(
    id: Option<i64>,
    blocks: &mut std::iter::Peekable<Rows<'_>>,
    to: &mut Object,
) -> Result<()> {
    let mut bytes: Option<Vec<u8>> = None;
    while let Some(block) = next_up_to(blocks, "file_id", id)? {
        if block.whole("file_id") == id {
            bytes.get_or_insert_default().extend_from_slice(block.bytes("data"));
        }
    }
    let encode = |bytes| quoted(&base64::engine::general_purpose::STANDARD.encode(bytes));
    to.add("data", &bytes.map_or("null".to_owned(), encode));
    Ok(())
}

/// The text of an object in JSON.
#[derive(Default)]
struct Object(String);

impl Object {
    fn of_table(table: &str) -> Self {
        let mut object = Object::default();
        object.add("table", &quoted(table));
        object
    }

    fn add(&mut self, name: &str, json: &str) {
        self.0.push_str(if self.0.is_empty() { "{" } else { "," });
        self.0.push_str(&quoted(name));
        self.0.push(':');
        self.0.push_str(json);
    }

    fn end(mut self) -> String {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        self.0
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
