//! Reads everything about one record from the whole file. Each part is a `.sql` file in this folder,
//! whose column names are shown to people.

use super::captures::with_files;
use super::connection::Handle;
use crate::error::Result;
use crate::model::{DetailView, Table, Value};
use crate::store::rows::sql::value;
use rusqlite::named_params;

/// The parts of a detail view: a title, and the statement that reads its rows.
type Parts = &'static [(&'static str, &'static str)];

macro_rules! parts {
    ($kind:literal: $($title:literal = $file:literal),* $(,)?) => {
        &[$(($title, include_str!(concat!($kind, "_", $file, ".sql")))),*]
    };
}

const CLAIM: Parts = parts!["claim":
    "facts" = "facts", "asked" = "asked", "places" = "places", "mentions" = "mentions", "figures" = "figures",
    "verdicts" = "verdicts", "links" = "links",
];
const SOURCE: Parts = parts!["source":
    "facts" = "facts", "asked" = "asked", "draws on" = "draws_on", "drawn on by" = "drawn_on_by",
    "states" = "states", "says in other sources" = "says", "grades" = "grades",
    "captured copies" = "captures",
];
/// The part that reads the files of captured copies.
const CAPTURES: &str = "captured copies";
const LOCATION: Parts = parts!["location":
    "facts" = "facts", "names" = "names", "places inside it" = "inside",
    "claims here and inside" = "claims",
];
const MEASURE: Parts = parts!["measure": "facts" = "facts", "figures" = "figures"];
const FIGURE: Parts = parts!["figure": "facts" = "facts", "asked" = "asked"];
const HISTORY: &str = include_str!("history.sql");

/// Reads everything about the row of `table` with this key, which must exist; of each list, the first `most` rows.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn read_detail(db: &Handle, table: &str, key: &str, most: usize) -> Result<DetailView> {
    let (word, parts) = match table {
        "claims" => ("claim", CLAIM),
        "sources" => ("source", SOURCE),
        "locations" => ("location", LOCATION),
        "measures" => ("measure", MEASURE),
        _ => ("figure", FIGURE),
    };
    let mut read_detail =
        DetailView { word: word.to_owned(), key: key.to_owned(), ..DetailView::default() };
    for (title, sql) in parts {
        let (rows, more) = match *title {
            CAPTURES => first(db, &with_files(db, sql)?, most, named_params! {":key": key})?,
            _ => first(db, sql, most, named_params! {":key": key})?,
        };
        if more > 0 {
            read_detail.more.push(((*title).to_owned(), more));
        }
        if *title == "facts" {
            let facts = rows.rows.into_iter().next().unwrap_or_default();
            read_detail.facts = rows.columns.into_iter().zip(facts).collect();
        } else if *title == "asked" {
            read_detail.asked = rows.rows.iter().flatten().map(ToString::to_string).collect();
        } else if !rows.rows.is_empty() {
            read_detail.sections.push(((*title).to_owned(), rows));
        }
    }
    let of = named_params! {":table": table, ":key": key};
    let (history, more) = first(db, HISTORY, most, of)?;
    if more > 0 {
        read_detail.more.push(("changes".to_owned(), more));
    }
    if !history.rows.is_empty() {
        read_detail.sections.push(("changes".to_owned(), history));
    }
    Ok(read_detail)
}

/// Returns the facts about an archive and the number of rows in each table.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn about(db: &Handle, counted: &[&str]) -> Result<DetailView> {
    let rows = part(db, include_str!("archive_facts.sql"), &[])?;
    let first = rows.rows.into_iter().next().unwrap_or_default();
    let mut counts = Table::new(&["table", "rows"]);
    // An older archive lacks the newest tables.
    let is_older = db.is_older()?;
    let is_there = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = :name";
    for table in counted {
        if is_older && part(db, is_there, &[(":name", table)])?.rows.is_empty() {
            continue;
        }
        let rows = part(db, &format!("SELECT count(1) AS rows FROM {table}"), &[])?;
        let number = rows.rows.into_iter().flatten().next().unwrap_or(Value::Null);
        counts.rows.push(vec![Value::from(*table), number]);
    }
    Ok(DetailView {
        word: "archive".to_owned(),
        key: db.path().display().to_string(),
        asked: rows.columns.clone(),
        facts: rows.columns.into_iter().zip(first).collect(),
        sections: vec![("tables".to_owned(), counts)],
        more: Vec::new(),
    })
}

fn part(db: &Handle, sql: &str, params: &[(&str, &dyn rusqlite::ToSql)]) -> Result<Table> {
    first(db, sql, usize::MAX, params).map(|(rows, _)| rows)
}

/// The first rows of a query, at most so many, and the number of the others.
fn first(
    db: &Handle,
    sql: &str,
    most: usize,
    params: &[(&str, &dyn rusqlite::ToSql)],
) -> Result<(Table, u64)> {
    let read = || -> rusqlite::Result<(Table, u64)> {
        let mut statement = db.conn.prepare_cached(sql)?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut found = statement.query(params)?;
        let (mut rows, mut more) = (Vec::new(), 0);
        while let Some(row) = found.next()? {
            if rows.len() == most {
                more += 1;
                continue;
            }
            let values = columns.iter().map(|name| row.get_ref(name.as_str()).and_then(value));
            rows.push(values.collect::<rusqlite::Result<Vec<Value>>>()?);
        }
        drop(found);
        Ok((Table { columns, rows }, more))
    };
    read().map_err(|error| db.map_err("read it", &error))
}
