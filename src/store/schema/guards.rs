//! Compares the triggers and derived views of a file, which hold its rules, with those of a new
//! archive in memory, so that no list of them is kept by hand.

use super::migrate::{self, Format};
use super::views::{ViewSpec, descriptions, normalize_spaces};
use crate::error::Result;
use crate::model::KINDS;
use crate::store::connection::damage::SEARCH_INDEXES;
use crate::store::connection::in_memory;
use crate::store::connection::sqlite_error::map_err;
use crate::store::rows::sql::quote;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

/// The differences of a file from the expected schema, and the statements that repair them.
#[derive(Default)]
pub(super) struct Differences {
    pub(super) what: Vec<String>,
    pub(super) repair: Vec<String>,
    /// Tables and indexes that were altered. A user may have added a column, or a rule may be missing;
    /// only a rewrite of the table could restore it, so `repair` has no statement for them.
    notes: Vec<String>,
}

impl Differences {
    /// The sentences, without those about these tables and what belongs to them.
    pub(super) fn not_of(self, tables: &[String], path: &Path) -> Result<Vec<String>> {
        let expected = &expected(path)?.objects;
        let left_out: BTreeSet<String> = expected
            .iter()
            .filter(|(name, object)| tables.contains(&object.table) || tables.contains(name))
            .map(|(name, object)| match search_index_of(name) {
                Some(index) => missing_index(index),
                None => missing(&object.kind, name),
            })
            .collect();
        Ok(self.what.into_iter().filter(|what| !left_out.contains(what)).collect())
    }
}

fn missing(kind: &str, name: &str) -> String {
    format!("the {kind} {name} is missing")
}

fn missing_index(name: &str) -> String {
    format!("the search index {name} is missing, or a part of it")
}

/// Returns the missing, changed and foreign objects, a sentence each.
pub(in crate::store) fn differences(conn: &Connection, path: &Path) -> Result<Vec<String>> {
    Ok(compare(conn, path)?.what)
}

/// Returns the missing, changed and foreign objects and the altered tables, a sentence each; and of these views, the
/// reports and checks that come with the program, those that are missing or changed.
pub(super) fn all_differences(
    conn: &Connection,
    path: &Path,
    views: &[ViewSpec],
) -> Result<Vec<String>> {
    let read = |error: rusqlite::Error| map_err(path, "read its format", &error);
    let found = migrate::format(conn).map_err(read)?.unwrap_or(Format { version: 0, installed: 0 });
    let mut what = migrate::changed_marks(conn, found).map_err(read)?;
    let known = Format::KNOWN;
    if found.is_newer_than(known) {
        what.push(format!(
            "its triggers and views are of a newer program ({found}; this one knows {known}), and were not compared"
        ));
        return Ok(what);
    }
    if known.is_newer_than(found) {
        what.push(format!(
            "its triggers and views are of an older program ({found}; this one has {known}), and were not compared: \
             `onrecord check --repair` brings them up to date"
        ));
        return Ok(what);
    }
    let Differences { what: changed, notes, .. } = compare(conn, path)?;
    what.extend(changed.into_iter().chain(notes));
    what.extend(changed_views(conn, path, views)?);
    // A code list that is missing or has other columns is named above.
    what.extend(changed_codes(conn, path).unwrap_or_default().into_iter().map(|code| code.what));
    Ok(what)
}

/// A code of which a file says otherwise what is fixed.
pub(super) struct ChangedCode {
    /// A sentence that names what it says and what is fixed.
    pub(super) what: String,
    /// The statement that puts it right.
    pub(super) repair: String,
}

/// Returns the codes of a new archive of which a file says otherwise what is fixed, such as whether a verdict may give
/// a status. No guard lets it be changed, nor put right.
pub(super) fn changed_codes(conn: &Connection, path: &Path) -> Result<Vec<ChangedCode>> {
    let read = |error: rusqlite::Error| map_err(path, "read its code lists", &error);
    let found = fixed_values(conn).map_err(read)?;
    let changed = |(place, value): (&FixedValue, &String)| {
        let other = found.get(place).filter(|other| *other != value)?;
        let (table, column, code) = place;
        Some(ChangedCode {
            what: format!("{column} of {code} in {table} is {other}, and {value} in every archive"),
            repair: format!("UPDATE {table} SET {column} = {value} WHERE code = {code}"),
        })
    };
    Ok(expected(path)?.codes.iter().filter_map(changed).collect())
}

/// A column whose value is fixed: the table, the column, and the code as SQL writes it.
type FixedValue = (&'static str, &'static str, String);

/// The values of the code lists of a file in columns that are fixed, as SQL writes them.
fn fixed_values(conn: &Connection) -> rusqlite::Result<BTreeMap<FixedValue, String>> {
    let mut values = BTreeMap::new();
    for kind in KINDS.iter().filter(|kind| kind.identity == ["code"]) {
        for column in kind.fixed.iter().filter(|column| **column != "code") {
            let sql =
                format!("SELECT quote(code) AS code, quote({column}) AS value FROM {}", kind.table);
            let mut statement = conn.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                values.insert((kind.table, *column, row.get("code")?), row.get("value")?);
            }
        }
    }
    Ok(values)
}

/// Returns the reports and checks of the program that a file lacks, has otherwise or describes otherwise, a sentence each. A repair leaves
/// a view that the user made under the name of a report, so that the sentence says how it makes room.
fn changed_views(conn: &Connection, path: &Path, views: &[ViewSpec]) -> Result<Vec<String>> {
    let found = objects(conn, path)?;
    let described =
        descriptions(conn).map_err(|error| map_err(path, "read its reports", &error))?;
    let mut what = Vec::new();
    for spec in views {
        let view = &spec.view;
        let name = view.strip_prefix("report_");
        let description = name.and_then(|name| described.get(name));
        match (found.get(view), name) {
            (None, _) => what.push(format!("the view {view} is missing")),
            (Some(other), Some(name)) if spec.is_created_by(&other.sql) => {
                if description != Some(&spec.description()) {
                    what.push(format!("what the table reports says of {name} was changed"));
                }
            }
            (Some(other), None) if spec.is_created_by(&other.sql) => {}
            (Some(_), Some(name)) if !description.is_some_and(|said| said.builtin) => {
                what.push(format!(
                    "the view {view} is not the report of this program, and is described as the user's: \
                     `onrecord report remove {name}` makes room for it"
                ));
            }
            (Some(_), _) => what.push(format!("the view {view} was changed")),
        }
    }
    let own: BTreeSet<&str> =
        views.iter().filter_map(|spec| spec.view.strip_prefix("report_")).collect();
    for (name, _) in
        described.iter().filter(|(name, said)| said.builtin && !own.contains(name.as_str()))
    {
        what.push(format!("the table reports describes {name} as a report of this program, which has none of that name"));
    }
    Ok(what)
}

/// Compares the schema of a file with that of a new archive.
pub(super) fn compare(conn: &Connection, path: &Path) -> Result<Differences> {
    let expected = &expected(path)?.objects;
    let found = objects(conn, path)?;
    let tables: BTreeSet<&str> =
        expected.values().filter(|o| o.kind == "table").map(|o| o.table.as_str()).collect();
    let mut differences = Differences::default();
    let mut search = BTreeSet::new();
    for (name, object) in expected {
        let Object { kind, table, sql } = object;
        // A search index and the tables that it keeps are made together.
        if let Some(index) = search_index_of(name) {
            if !found.contains_key(name) {
                search.insert(index);
            }
            continue;
        }
        match found.get(name) {
            None => {
                differences.what.push(missing(kind, name));
                differences.repair.push(sql.clone());
            }
            Some(other) if other.sql == *sql => {}
            Some(other) if normalize_spaces(&other.sql) == normalize_spaces(sql) => {}
            Some(other) if kind == "trigger" || kind == "view" && other.kind == "view" => {
                let on = if kind == "trigger" { format!(" on {table}") } else { String::new() };
                differences.what.push(format!("the {kind} {name}{on} was changed"));
                differences.repair.push(format!("DROP {kind} {};\n{sql}", quote(name)));
            }
            Some(_) => differences.notes.push(format!("the {kind} {name} is not as it was made")),
        }
    }
    for index in search {
        let sql = expected.get(index).map_or("", |object| object.sql.as_str());
        let mut parts: Vec<&String> =
            found.keys().filter(|name| search_index_of(name) == Some(index)).collect();
        // Dropped as a whole, if that is there.
        parts.retain(|name| *name == index || !found.contains_key(index));
        let drops: String =
            parts.iter().map(|name| format!("DROP TABLE {};\n", quote(name))).collect();
        differences.what.push(missing_index(index));
        differences.repair.push(format!("{drops}{sql}"));
    }
    for (name, Object { kind, table, sql }) in &found {
        if kind == "trigger" && !expected.contains_key(name) && tables.contains(table.as_str()) {
            differences
                .what
                .push(format!("a strange trigger {name} on {table}: {}", normalize_spaces(sql)));
            differences.repair.push(format!("DROP TRIGGER {}", quote(name)));
        }
    }
    Ok(differences)
}

/// The search index of which a table is a part.
fn search_index_of(name: &str) -> Option<&'static str> {
    SEARCH_INDEXES.into_iter().find(|index| {
        name.strip_prefix(index).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    })
}

/// The statement that makes a table of a new archive.
pub(super) fn table_text(name: &str, path: &Path) -> Result<String> {
    Ok(expected(path)?.objects.get(name).map(|object| object.sql.clone()).unwrap_or_default())
}

/// The objects and the fixed values of a new archive.
struct Expected {
    objects: BTreeMap<String, Object>,
    codes: BTreeMap<FixedValue, String>,
}

/// Returns what a new archive has. To make one takes longer than most commands: it is made once.
fn expected(path: &Path) -> Result<&'static Expected> {
    static EXPECTED: OnceLock<Expected> = OnceLock::new();
    if let Some(expected) = EXPECTED.get() {
        return Ok(expected);
    }
    // Only the schema and the code lists are compared, so any time of creation will do.
    let model = in_memory("2000-01-01T00:00:00Z")?;
    let objects = objects(&model.conn, path)?;
    let read = |error: rusqlite::Error| map_err(path, "read its code lists", &error);
    let codes = fixed_values(&model.conn).map_err(read)?;
    Ok(EXPECTED.get_or_init(|| Expected { objects, codes }))
}

struct Object {
    kind: String,
    table: String,
    sql: String,
}

/// Tables, indexes, triggers and views by name.
fn objects(conn: &Connection, path: &Path) -> Result<BTreeMap<String, Object>> {
    let read = || -> rusqlite::Result<BTreeMap<String, Object>> {
        let mut statement = conn
            .prepare("SELECT name, type, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
        let rows = statement.query_map([], |row| {
            let object = Object {
                kind: row.get("type")?,
                table: row.get("tbl_name")?,
                sql: row.get("sql")?,
            };
            Ok((row.get("name")?, object))
        })?;
        rows.collect()
    };
    read().map_err(|error| map_err(path, "read its schema", &error))
}
