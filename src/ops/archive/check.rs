//! Looks for what is not as it should be: the checks in the file, and what only the program sees.

use crate::check as checks;
use crate::error::{Error, Result};
use crate::model::{CancelToken, Equation, Table, Value, did_you_mean};
use crate::ops::captures::attach::sha256;
use crate::ops::{Context, builtin_views, keep_views, open_writer};
use crate::store::{
    Finding, Query, Reader, broken_pages, broken_references, captures_of, changed_guards,
    check_views, equations, file_bytes, unindexed_rows, unreadable_views,
};
use std::path::Path;

type Look = fn(&Reader) -> Result<Vec<Finding>>;

/// The checks that SQL in the file cannot make.
const BUILT_IN: [(&str, &str, Look); 7] = [
    ("pages", "Damage that SQLite finds in the file", |db| broken_pages(db)),
    ("references", "Rows that refer to nothing", |db| broken_references(db)),
    ("guards", "Guards that are missing, changed or strange", |db| changed_guards(db)),
    ("search", "Rows that a search would miss", |db| unindexed_rows(db)),
    ("reports", "Reports that cannot be read", |db| unreadable_views(db)),
    ("equations", "Equations that cannot be read", unread_equations),
    ("hashes", "Captured copies whose bytes are not those captured", hashes),
];

/// The names and titles of all checks of an archive.
///
/// # Errors
/// When the archive cannot be read.
pub fn list(archive: &Path) -> Result<Table> {
    let db = Reader::open(archive, CancelToken::never())?;
    let mut table = Table::new(&["check", "title"]);
    for (name, title) in all(&db)? {
        table.rows.push(vec![Value::Text(name), Value::Text(title)]);
    }
    Ok(table)
}

/// Runs one check, or all. The rows are findings: check, table, key, finding. No rows, nothing
/// found.
///
/// # Errors
/// When there is no such check, or the archive cannot be read.
pub fn check(archive: &Path, name: Option<&str>, cancel: CancelToken) -> Result<Table> {
    let db = Reader::open(archive, cancel)?;
    let known = all(&db)?;
    if let Some(name) = name.filter(|name| !known.iter().any(|(known, _)| known == name)) {
        return Err(Error::NotFound {
            what: "check".to_owned(),
            name: name.to_owned(),
            near: did_you_mean(name, known.iter().map(|(known, _)| known.as_str())),
            hint: "`onrecord check --list` lists them".to_owned(),
        });
    }
    let mut table = Table::new(&["check", "table", "key", "finding"]);
    for (check, _) in known.iter().filter(|(known, _)| name.is_none_or(|name| name == known)) {
        match BUILT_IN.iter().find(|(name, ..)| name == check) {
            Some((_, _, look)) => table.rows.extend(look(&db)?.into_iter().map(|found| {
                let text =
                    |text: String| if text.is_empty() { Value::Null } else { Value::Text(text) };
                vec![
                    Value::from(check.as_str()),
                    text(found.table),
                    text(found.key),
                    text(found.finding),
                ]
            })),
            None => {
                let sql = format!(
                    "SELECT table_name AS \"table\", key, finding FROM check_{}",
                    check.replace('-', "_")
                );
                let mut found = Table::default();
                Query { sql, params: Vec::new() }.run(&db, &mut found)?;
                table.rows.extend(found.rows.into_iter().map(|mut row| {
                    row.insert(0, Value::from(check.as_str()));
                    row
                }));
            }
        }
    }
    Ok(table)
}

/// The checks of the program, then those a user stored as views `check_NAME`.
fn all(db: &Reader) -> Result<Vec<(String, String)>> {
    let titles = checks::builtin();
    let mut all: Vec<(String, String)> =
        BUILT_IN.iter().map(|(name, title, _)| ((*name).to_owned(), (*title).to_owned())).collect();
    for view in check_views(db)? {
        let name = view.trim_start_matches("check_").replace('_', "-");
        let title = titles.iter().find(|header| header.name == name);
        let title = title.map_or_else(|| name.clone(), |header| header.title.clone());
        all.push((name, title));
    }
    Ok(all)
}

fn unread_equations(db: &Reader) -> Result<Vec<Finding>> {
    let written = equations(db)?.into_iter();
    Ok(written
        .filter_map(|equation| {
            let finding = Equation::parse(&equation.expression).err()?;
            Some(Finding { table: "equations".to_owned(), key: equation.key, finding })
        })
        .collect())
}

fn hashes(db: &Reader) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for copy in captures_of(db, None)? {
        let Some(stated) = copy.sha256 else { continue };
        let finding = match file_bytes(db, &copy.name) {
            Ok(bytes) if sha256(&bytes) == stated => continue,
            Ok(bytes) => format!(
                "{} has the SHA-256 {}, and {stated} was captured",
                copy.name,
                sha256(&bytes)
            ),
            Err(error) => error.to_string(),
        };
        found.push(Finding { table: "sqlar".to_owned(), key: copy.source, finding });
    }
    Ok(found)
}

/// Brings the archive up to date with this program, and puts missing and changed guards back. Gives
/// what it did, a sentence each.
///
/// # Errors
/// When the archive cannot be written to.
pub fn repair(archive: &Path, context: &Context) -> Result<Vec<String>> {
    let older = Reader::open(archive, CancelToken::never())?.is_older()?;
    let mut done = crate::store::repair(archive, &builtin_views())?;
    open_writer(archive, context)?.transact(keep_views)?;
    if older {
        done.push("the views and reports of this program".to_owned());
    }
    Ok(done)
}
