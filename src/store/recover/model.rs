//! The tables as this program makes them, in an archive in memory: what their columns are called, and
//! whether a row fits into one.

use super::record::Stored;
use crate::error::Result;
use crate::model::{Field, Kind, Role, Type, all_kinds};
use crate::store::connection::{Handle, Writer, in_memory};
use crate::store::rows::sql::quote;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    /// True if every row has a value in it.
    pub required: bool,
    /// True if a row that states none gets one.
    pub has_default: bool,
    /// True if it is the id, which is not among the values of a row.
    pub is_id: bool,
}

/// A row in the columns of this program: a value for each, `None` where the file states none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub id: i64,
    pub values: Vec<Option<Value>>,
}

impl Row {
    /// The value of a column by its position; `None` where it is not stated or NULL.
    pub(super) fn value(&self, column: usize) -> Option<&Value> {
        self.values.get(column)?.as_ref().filter(|value| **value != Value::Null)
    }

    /// The statement that inserts the row with its id, and its values.
    pub(super) fn insert(&self, table: &str, columns: &[Column]) -> (String, Vec<&Value>) {
        let stated = columns.iter().zip(&self.values).filter(|(column, _)| !column.is_id);
        let stated: Vec<_> =
            stated.filter_map(|(column, value)| Some((column, value.as_ref()?))).collect();
        let names: String =
            stated.iter().map(|(column, _)| format!(", {}", quote(&column.name))).collect();
        let marks = ", ?".repeat(stated.len());
        let sql = format!("INSERT INTO {} (id{names}) VALUES (?{marks})", quote(table));
        (sql, stated.into_iter().map(|(_, value)| value).collect())
    }
}

/// The columns in a file, and where each is in this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// For each column of the file, the position of that of this program; `None` for one that it does not have.
    pub places: Vec<Option<usize>>,
    /// The names of the columns that this program does not have.
    pub strange: Vec<String>,
}

impl Layout {
    /// The layout of a table as this program makes it.
    pub(super) fn own(columns: &[Column]) -> Self {
        Layout { places: (0..columns.len()).map(Some).collect(), strange: Vec::new() }
    }

    /// The layout of a table whose columns have these names.
    pub(super) fn of(names: &[String], columns: &[Column]) -> Self {
        let place = |name: &String| columns.iter().position(|column| column.name == *name);
        let places: Vec<_> = names.iter().map(place).collect();
        let strange = names.iter().zip(&places).filter(|(_, place)| place.is_none());
        let strange = strange.map(|(name, _)| name.clone()).collect();
        Layout { places, strange }
    }

    /// Puts a row of the file into the columns of this program; `None` where it has more values than columns. A
    /// column that an older program left empty, and that has a value now, gets the one of new rows.
    pub(super) fn row(&self, columns: &[Column], stored: Stored) -> Option<Row> {
        if stored.values.len() > self.places.len() {
            return None;
        }
        let mut values = vec![None; columns.len()];
        for (value, place) in stored.values.into_iter().zip(&self.places) {
            let Some(place) = *place else { continue };
            let column = columns.get(place)?;
            let is_default = value == Value::Null && column.required && column.has_default;
            if let Some(slot) = values.get_mut(place) {
                *slot = (!column.is_id && !is_default).then_some(value);
            }
        }
        Some(Row { id: stored.id, values })
    }
}

/// An archive in memory with the tables of this program.
#[derive(Debug)]
pub(super) struct Model {
    writer: Writer,
    columns: BTreeMap<String, Vec<Column>>,
    /// The SQL of its tables, indexes, triggers and views by name.
    objects: BTreeMap<String, String>,
    /// The codes of its code lists, each with the id of its row.
    codes: HashMap<(&'static str, String), i64>,
}

/// The code as text.
pub(super) fn code_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The columns of a table, in their order.
pub(super) fn columns_of(conn: &Connection, table: &str) -> rusqlite::Result<Vec<Column>> {
    let sql =
        "SELECT name, type, \"notnull\" AS required, dflt_value IS NOT NULL AS has_default, pk
               FROM pragma_table_info(?1) ORDER BY cid";
    let mut statement = conn.prepare_cached(sql)?;
    let column = |row: &rusqlite::Row<'_>| {
        let ty: String = row.get("type")?;
        Ok(Column {
            name: row.get("name")?,
            required: row.get("required")?,
            has_default: row.get("has_default")?,
            is_id: row.get::<_, i64>("pk")? == 1 && ty.eq_ignore_ascii_case("integer"),
        })
    };
    statement.query_map([table], column)?.collect()
}

impl Model {
    /// Creates the archive.
    ///
    /// # Errors
    /// Fails if memory runs out.
    pub(super) fn new() -> Result<Self> {
        let writer = in_memory("2000-01-01T00:00:00Z")?;
        let fail = |error: rusqlite::Error| writer.map_err("lay out tables in memory", &error);
        let (columns, objects, codes) = prepare(&writer).map_err(fail)?;
        Ok(Model { writer, columns, objects, codes })
    }

    /// The columns of a table; none for one that this program does not make.
    pub(super) fn columns(&self, table: &str) -> &[Column] {
        self.columns.get(table).map_or(&[], Vec::as_slice)
    }

    /// The SQL by which this program makes a table, an index, a trigger or a view.
    pub(super) fn sql(&self, name: &str) -> Option<&str> {
        self.objects.get(name).map(String::as_str)
    }

    /// The layout of a table that a file makes by this SQL; `None` where it cannot be understood.
    pub(super) fn layout(&self, table: &str, sql: &str) -> Option<Layout> {
        let own = self.columns(table);
        if self.sql(table) == Some(sql) {
            return Some(Layout::own(own));
        }
        let is_table =
            sql.get(..13).is_some_and(|start| start.eq_ignore_ascii_case("CREATE TABLE "));
        let scratch = Connection::open_in_memory().ok().filter(|_| is_table)?;
        scratch.prepare(sql).and_then(|mut statement| statement.execute([])).ok()?;
        let names: Vec<String> =
            columns_of(&scratch, table).ok()?.into_iter().map(|column| column.name).collect();
        (!names.is_empty()).then(|| Layout::of(&names, own))
    }

    /// Returns true if the CHECKs of a table accept a row.
    pub(super) fn fits(&self, table: &str, layout: &Layout, stored: &Stored) -> bool {
        let columns = self.columns(table);
        let Some(row) = layout.row(columns, stored.clone()) else { return false };
        let (sql, values) = row.insert(table, columns);
        let id = Value::Integer(row.id);
        let try_it = || -> rusqlite::Result<bool> {
            let values = params_from_iter([&id].into_iter().chain(values));
            let fits = self.writer.conn.prepare_cached(&sql)?.execute(values).is_ok();
            let sql = format!("DELETE FROM {}", quote(table));
            self.writer.conn.prepare_cached(&sql)?.execute([])?;
            Ok(fits)
        };
        try_it().unwrap_or(false)
    }

    /// Returns true if every code in a row is one that this program ships, and a row of a code list is the one
    /// that it ships under this id.
    pub(super) fn knows_codes(&self, kind: &Kind, layout: &Layout, stored: &Stored) -> bool {
        let columns = self.columns(kind.table);
        let Some(row) = layout.row(columns, stored.clone()) else { return false };
        let of = |name: &str| {
            row.value(columns.iter().position(|column| column.name == name)?).and_then(code_text)
        };
        if kind.role == Role::CodeList {
            let code = of(kind.name_column()).unwrap_or_default();
            return self.codes.get(&(kind.table, code)) == Some(&row.id);
        }
        let mut codes = fields(kind).filter_map(|field| match field.ty {
            Type::Code(list) | Type::CodeNumber(list) => Some((list, of(field.column)?)),
            _ => None,
        });
        codes.all(|code| self.codes.contains_key(&code))
    }
}

/// All fields of a kind.
pub(super) fn fields(kind: &Kind) -> impl Iterator<Item = &'static Field> {
    kind.local.iter().chain(kind.fields)
}

type Known =
    (BTreeMap<String, Vec<Column>>, BTreeMap<String, String>, HashMap<(&'static str, String), i64>);

/// Reads what the archive in memory has, and empties its tables.
fn prepare(db: &Handle) -> rusqlite::Result<Known> {
    let conn = &db.conn;
    let mut objects = BTreeMap::new();
    let mut triggers = BTreeSet::new();
    {
        let sql = "SELECT name, type, coalesce(sql, '') AS sql FROM sqlite_schema";
        let mut statement = conn.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (name, ty): (String, String) = (row.get("name")?, row.get("type")?);
            if ty == "trigger" {
                triggers.insert(name.clone());
            }
            objects.insert(name, row.get("sql")?);
        }
    }
    let mut columns = BTreeMap::new();
    for name in objects.keys() {
        columns.insert(name.clone(), columns_of(conn, name)?);
    }
    let mut codes = HashMap::new();
    for kind in all_kinds().filter(|kind| kind.role == Role::CodeList) {
        let sql = format!("SELECT id, code FROM {}", kind.table);
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let code: Value = row.get("code")?;
            codes.insert((kind.table, code_text(&code).unwrap_or_default()), row.get("id")?);
        }
    }
    conn.pragma_update(None, "foreign_keys", false)?;
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {}", quote(&trigger)))?;
    }
    for kind in all_kinds() {
        conn.execute_batch(&format!("DELETE FROM {}", kind.table))?;
    }
    Ok((columns, objects, codes))
}
