//! Checks of an archive: those stored in the file as views, and those that only the program can
//! make.

use crate::check as checks;
use crate::error::{Error, Result};
use crate::model::{CancelToken, Equation, Table, Value, did_you_mean};
use crate::ops::checksum::sha256;
use crate::ops::context::{Context, Deed, builtin_views, keep_views, open_writer, operate};
use crate::store::{
    self, Finding, Query, Reader, broken_pages, broken_references, captures_of, changed_guards,
    check_views, equations, file_bytes, unindexed_rows, unreadable_views,
};
use std::path::Path;

type CheckFn = fn(&Reader) -> Result<Vec<Finding>>;

/// The checks that a view cannot make: name, title and function.
const PROGRAM_CHECKS: [(&str, &str, CheckFn); 7] = [
    ("pages", "Damage that SQLite finds in the file", |db| broken_pages(db)),
    ("references", "Rows that refer to nothing", |db| broken_references(db)),
    ("guards", "Guards that are missing, changed or unknown", |db| changed_guards(db)),
    ("search", "Rows that a search would miss", |db| unindexed_rows(db)),
    ("reports", "Reports that cannot be read", |db| unreadable_views(db)),
    ("equations", "Equations that cannot be read", invalid_equations),
    ("hashes", "Captured copies whose bytes are not those captured", changed_captures),
];

/// Lists the checks of an archive: name and title.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn list(archive: &Path) -> Result<Table> {
    let db = Reader::open(archive, CancelToken::never())?;
    let mut table = Table::new(&["check", "title"]);
    for (name, title) in list_checks(&db)? {
        table.rows.push(vec![Value::Text(name), Value::Text(title)]);
    }
    Ok(table)
}

/// Runs one check, or all of them. Each row is a finding: check, table, key, finding.
///
/// # Errors
/// Fails if there is no such check, or the archive cannot be read.
pub fn check(archive: &Path, name: Option<&str>, cancel: CancelToken) -> Result<Table> {
    let db = Reader::open(archive, cancel)?;
    let known = list_checks(&db)?;
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
        match PROGRAM_CHECKS.iter().find(|(name, ..)| name == check) {
            Some((_, _, run)) => table.rows.extend(run(&db)?.into_iter().map(|found| {
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

/// Lists the checks that the program makes, then those stored as views `check_NAME`.
fn list_checks(db: &Reader) -> Result<Vec<(String, String)>> {
    let titles = checks::builtin();
    let mut all: Vec<(String, String)> = PROGRAM_CHECKS
        .iter()
        .map(|(name, title, _)| ((*name).to_owned(), (*title).to_owned()))
        .collect();
    for view in check_views(db)? {
        let name = view.trim_start_matches("check_").replace('_', "-");
        let title = titles.iter().find(|header| header.name == name);
        let title = title.map_or_else(|| name.clone(), |header| header.title.clone());
        all.push((name, title));
    }
    Ok(all)
}

fn invalid_equations(db: &Reader) -> Result<Vec<Finding>> {
    let written = equations(db)?.into_iter();
    Ok(written
        .filter_map(|equation| {
            let finding = Equation::parse(&equation.expression).err()?;
            Some(Finding { table: "equations".to_owned(), key: equation.key, finding })
        })
        .collect())
}

/// Finds the captured copies whose bytes do not have the stored checksum.
fn changed_captures(db: &Reader) -> Result<Vec<Finding>> {
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

/// Brings the archive up to date with this program, and restores missing and changed guards.
/// Returns what was repaired, a phrase each.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn repair(archive: &Path, context: &Context) -> Result<Vec<String>> {
    let older = Reader::open(archive, CancelToken::never())?.is_older()?;
    let mut done = store::repair(archive, &builtin_views())?;
    if older {
        done.push("the views and reports of this program".to_owned());
    }
    let writer = open_writer(archive, context)?;
    if done.is_empty() {
        writer.transact(keep_views)?;
        return Ok(done);
    }
    operate(&writer, Deed::of("check --repair"), context, |writer, _| {
        keep_views(writer)?;
        let summary = done.join("; ");
        Ok((done, summary))
    })
}
