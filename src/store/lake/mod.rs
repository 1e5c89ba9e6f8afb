//! Reads what a lake holds, the folder of Parquet files for engines: rows of every table with ids and keys, the bytes
//! of files in blocks, and the rows of the views that no engine should have to work out.

mod since;

use super::blobs::{Cell, CellReader, MAX_BYTES_IN_ROW, read_error};
use super::connection::Handle;
use super::rows::read::key_sql;
use super::rows::sql::{quote, value};
use crate::error::{Error, Result};
use crate::model::{
    CLAIM, Kind, LakeColumn, LakeType, LakeValue, Role, Type, Value, is_divided_by_year,
};
use std::collections::BTreeMap;
use std::io::Read;

/// A table of a lake that the file works out.
#[derive(Clone, Copy, Debug)]
pub struct KeptView {
    /// Its name in the lake.
    pub name: &'static str,
    /// A query that gives its rows; that of the view of its name unless one is given.
    pub sql: Option<&'static str>,
}

/// The views whose rows a lake holds, so that no engine walks a chain of sources or writes a number in words.
pub const KEPT_VIEWS: &[KeptView] = &[
    view("assessor_verdicts"),
    view("changes"),
    view("check_far_places"),
    view("check_large_shares"),
    view("check_misattributed"),
    view("check_parts_of_wholes"),
    view("check_same_names"),
    view("check_strange_dates"),
    view("check_tied_verdicts"),
    view("check_weak_evidence"),
    view("claim_origins"),
    view("claim_weights"),
    view("comparable_figures"),
    view("conflicting_figures"),
    view("current_assessments"),
    view("figure_bounds"),
    view("figure_conflict_reasons"),
    view("figure_conflicts"),
    view("figure_words"),
    view("kept_figures"),
    view("operation_places"),
    view("outside_rows"),
    KeptView { name: "places_inside", sql: Some(include_str!("places_inside.sql")) },
    view("stale_claims"),
];

const fn view(name: &'static str) -> KeptView {
    KeptView { name, sql: None }
}

pub use since::{Since, runs_of_ids, since};

impl KeptView {
    /// The query that gives its rows.
    pub fn query(&self) -> String {
        let view = || format!("SELECT * FROM {}", quote(self.name));
        self.sql.map_or_else(view, str::to_owned)
    }
}

/// Passes each row of a kind to `take`, in the order in which the rows were added: the year of its claim for a kind
/// that is divided by it, and the values of `columns`. Rows of one year come together. With a condition, of [`Since`],
/// only the rows that meet it.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn read_lake_rows(
    db: &Handle,
    kind: &'static Kind,
    columns: &[LakeColumn],
    condition: Option<&str>,
    mut take: impl FnMut(Option<i64>, &[Value]) -> Result<()>,
) -> Result<()> {
    let list: Vec<String> = columns.iter().map(|column| column_sql(column.value)).collect();
    let year = if is_divided_by_year(kind) { year_sql(kind) } else { "NULL".to_owned() };
    // A part of another row stands in the order of those.
    let order = match kind.local.first() {
        Some(whole) if kind.role == Role::Part => format!("t.{}, t.id", whole.column),
        _ => "1, t.id".to_owned(),
    };
    let condition = condition.map_or_else(String::new, |condition| format!("WHERE {condition} "));
    let sql = format!(
        "SELECT {year}, {} FROM {} AS t {condition}ORDER BY {order}",
        list.join(", "),
        kind.table
    );
    for_each(db, kind.table, &sql, columns.len() + 1, |row| {
        let year = match row[0] {
            Value::Int(year) => Some(year),
            _ => None,
        };
        take(year, &row[1..])
    })
}

fn column_sql(value: LakeValue) -> String {
    let day = |end: &str, column: &str| {
        format!("(SELECT d.{end} FROM dates AS d WHERE d.edtf = t.{column})")
    };
    match value {
        LakeValue::Id => "t.id".to_owned(),
        LakeValue::Own(field) | LakeValue::Moment(field) => format!("t.{}", quote(field.column)),
        LakeValue::Key(field) => key_sql(field).unwrap_or_else(|| "NULL".to_owned()),
        // A double holds every whole number up to two to the power of 53.
        LakeValue::Digits(field) => format!(
            "CASE WHEN typeof(t.{0}) = 'integer' AND t.{0} NOT BETWEEN -9007199254740992 AND 9007199254740992 \
             THEN CAST(t.{0} AS TEXT) END",
            field.column
        ),
        LakeValue::Earliest(field) => day("earliest", field.column),
        LakeValue::Latest(field) => day("latest", field.column),
    }
}

/// The year of the claim of a row: of its earliest day, else of its latest, else of the day by which it is due.
fn year_sql(kind: &Kind) -> String {
    let of = |claim: &str| {
        let day = |column: &str| {
            format!(
                "(SELECT coalesce(d.earliest, d.latest) FROM dates AS d WHERE d.edtf = {claim}.{column})"
            )
        };
        format!("CAST(substr(coalesce({}, {}), 1, 4) AS INTEGER)", day("happened"), day("due"))
    };
    match kind.fields.iter().find(|field| field.ty == Type::Ref(CLAIM.table)) {
        Some(field) => {
            format!("(SELECT {} FROM claims AS c WHERE c.id = t.{})", of("c"), field.column)
        }
        None => of("t"),
    }
}

/// The columns of a view that a lake holds, with the type that the file declares for each.
///
/// # Errors
/// Fails if the archive cannot be read, or has no such view.
pub fn view_columns(db: &Handle, view: &KeptView) -> Result<Vec<(String, LakeType)>> {
    let read = || -> rusqlite::Result<Vec<(String, LakeType)>> {
        if view.sql.is_some() {
            let statement = db.conn.prepare(&view.query())?;
            let names = statement.column_names();
            return Ok(names.map(|name| (name.to_owned(), LakeType::Integer)).collect());
        }
        let sql = "SELECT name, type FROM pragma_table_info(?1) ORDER BY cid";
        let mut statement = db.conn.prepare_cached(sql)?;
        let column = |row: &rusqlite::Row<'_>| {
            let ty: String = row.get("type")?;
            // The affinities of SQLite (3.1 of its data types).
            let ty = match ty.to_ascii_uppercase() {
                ty if ty.contains("INT") => LakeType::Integer,
                ty if ty.contains("CHAR") || ty.contains("TEXT") => LakeType::Text,
                ty if ty.is_empty() || ty.contains("BLOB") => LakeType::Json,
                _ => LakeType::Number,
            };
            Ok((row.get("name")?, ty))
        };
        statement.query_map([view.name], column)?.collect()
    };
    read().map_err(|error| db.map_err(&format!("read the columns of {}", view.name), &error))
}

/// Passes each row of a query to `take`, ordered by all of its columns, each as text where a lake holds text. `table` is
/// the table of the lake that it makes.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn read_kept(
    db: &Handle,
    table: &str,
    query: &str,
    columns: &[(String, LakeType)],
    take: impl FnMut(&[Value]) -> Result<()>,
) -> Result<()> {
    let list = columns.iter().map(|(name, ty)| match ty {
        LakeType::Text => format!("CAST({0} AS TEXT) AS {0}", quote(name)),
        _ => quote(name),
    });
    let list: Vec<String> = list.collect();
    let order: Vec<String> = (1..=columns.len()).map(|n| n.to_string()).collect();
    let (list, order) = (list.join(", "), order.join(", "));
    let sql = format!("SELECT {list} FROM ({query}) AS kept ORDER BY {order}");
    for_each(db, table, &sql, columns.len(), take)
}

fn for_each(
    db: &Handle,
    table: &str,
    sql: &str,
    width: usize,
    mut take: impl FnMut(&[Value]) -> Result<()>,
) -> Result<()> {
    let fail = |error: rusqlite::Error| db.map_err(&format!("read {table}"), &error);
    let mut statement = db.conn.prepare_cached(sql).map_err(fail)?;
    let mut rows = statement.query([]).map_err(fail)?;
    let mut held = Vec::with_capacity(width);
    while let Some(row) = rows.next().map_err(fail)? {
        held.clear();
        for position in 0..width {
            held.push(row.get_ref(position).and_then(value).map_err(fail)?);
        }
        take(&held)?;
    }
    Ok(())
}

/// Passes the stored bytes of each file to `take` in blocks: the id of the file, the number of the block from 1 on,
/// and the block; of those with an id above `after`. A file without bytes has none; one with empty bytes has an empty block.
///
/// # Errors
/// Fails if the archive cannot be read; returns the errors of `take`.
pub fn file_blocks(
    db: &Handle,
    after: i64,
    mut take: impl FnMut(i64, i64, Vec<u8>) -> Result<()>,
) -> Result<()> {
    let fail = |error: rusqlite::Error| db.map_err("list its files", &error);
    let sql = "SELECT id FROM sqlar WHERE data IS NOT NULL AND id > ?1 ORDER BY id";
    let mut statement = db.conn.prepare(sql).map_err(fail)?;
    let ids = statement.query_map([after], |row| row.get("id")).map_err(fail)?;
    for id in ids {
        let id: i64 = id.map_err(fail)?;
        let mut stored = CellReader::open(db, Cell::of_file(id))?;
        let (mut rest, mut number) = (stored.len(), 0);
        while rest > 0 || number == 0 {
            let most = usize::try_from(MAX_BYTES_IN_ROW).unwrap_or(usize::MAX);
            let mut block = vec![0; most.min(usize::try_from(rest).unwrap_or(most))];
            let failed = |error| read_error(db, &error).unwrap_or(Error::Output(error));
            stored.read_exact(&mut block).map_err(failed)?;
            rest -= block.len() as u64;
            number += 1;
            take(id, number, block)?;
        }
    }
    Ok(())
}

/// The facts of the archive that the manifest of a lake states.
#[derive(Clone, Debug)]
pub struct LakeFacts {
    /// Its title.
    pub title: Option<String>,
    /// The moment at which it was created (UTC).
    pub created: String,
    /// The number of the last operation on it; 0 where there is none.
    pub operation: i64,
}

/// Reads what the manifest of a lake says of the archive.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn lake_facts(db: &Handle) -> Result<LakeFacts> {
    let read = |row: &rusqlite::Row<'_>| {
        Ok(LakeFacts {
            title: row.get("title")?,
            created: row.get("created")?,
            operation: row.get("operation")?,
        })
    };
    db.conn
        .query_row(include_str!("facts.sql"), [], read)
        .map_err(|error| db.map_err("read what it is", &error))
}

/// The meaning of each column of each table and view, by both names; that of the table itself by an empty name.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn meanings(db: &Handle) -> Result<BTreeMap<(String, String), String>> {
    let read = || -> rusqlite::Result<BTreeMap<(String, String), String>> {
        let sql = "SELECT table_name, column_name, meaning FROM columns";
        let mut statement = db.conn.prepare(sql)?;
        let one = |row: &rusqlite::Row<'_>| {
            Ok(((row.get("table_name")?, row.get("column_name")?), row.get("meaning")?))
        };
        statement.query_map([], one)?.collect()
    };
    read().map_err(|error| db.map_err("read what its columns mean", &error))
}
