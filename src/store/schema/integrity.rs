//! Checks that SQL cannot express: broken pages, references and guards.

use super::encoding::{BrokenText, LongText, broken_texts, long_texts};
use super::guards;
use super::views::ViewSpec;
use crate::error::{Error, Result};
use crate::model::{ALIAS, ARCHIVE, all_kinds};
use crate::store::connection::sqlite_error::message;
use crate::store::connection::{Handle, Reader};
use crate::store::rows::sql::quote;
use crate::store::search::index::{counts_are_off, lost_words, unindexed};

/// The most texts that are named.
const MOST_TEXTS: usize = 1000;

/// A row that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The table.
    pub table: String,
    /// The key of the row, or another name for it.
    pub key: String,
    /// The problem.
    pub finding: String,
}

/// Damage that SQLite finds in the file, and rows that break the CHECKs of their tables. Of a file whose header says that
/// only a newer SQLite may write it, the rows are not found, which is a finding.
///
/// # Errors
/// Fails if the file cannot be read at all.
pub fn broken_pages(db: &Reader) -> Result<Vec<Finding>> {
    let db = &db.with_rules()?;
    let of_file = |finding| Finding { table: String::new(), key: String::new(), finding };
    let sql = "SELECT integrity_check AS finding FROM pragma_integrity_check";
    let mut found = collect(db, sql, |row| {
        let finding: String = row.get("finding")?;
        Ok((finding != "ok").then(|| of_file(finding)))
    })?;
    if db.is_of_the_future {
        found.push(of_file(
            "its header says that only a newer SQLite may write it, so that the rules of its columns were not checked; \
             `onrecord recover` makes a new archive of its rows"
                .to_owned(),
        ));
    }
    Ok(found)
}

/// Texts that are not UTF-8, the first of them.
///
/// # Errors
/// Fails if the file cannot be read.
pub fn broken_encoding(db: &Handle) -> Result<Vec<Finding>> {
    let found =
        broken_texts(&db.conn, MOST_TEXTS).map_err(|error| db.map_err("check it", &error))?;
    let finding = |broken: BrokenText| {
        let shown = broken.shown(60);
        let BrokenText { table, key, column, .. } = broken;
        let finding = format!(
            "its {column} is not UTF-8: {shown}; `onrecord check --repair --encoding NAME` reads it in the encoding in \
             which it was written, such as windows-1252"
        );
        Finding { table, key, finding }
    };
    let mut found: Vec<Finding> = found.into_iter().map(finding).collect();
    let long = long_texts(&db.conn, MOST_TEXTS).map_err(|error| db.map_err("check it", &error))?;
    found.extend(long.into_iter().map(|LongText { table, key, column, chars }| {
        let finding = format!(
            "its {column} has {chars} characters, and the rules of the file allow a million: shorten it"
        );
        Finding { table, key, finding }
    }));
    Ok(found)
}

/// Returns an error that names the first text that is longer than the rules of an archive allow: for a command that would
/// take many times its size. `doing` completes "cannot …".
///
/// # Errors
/// Fails if there is such a text, or the file cannot be read.
pub fn require_allowed_texts(db: &Handle, doing: &str) -> Result<()> {
    let long = long_texts(&db.conn, 1).map_err(|error| db.map_err(doing, &error))?;
    long.into_iter().next().map_or(Ok(()), |LongText { table, key, column, chars }| {
        Err(Error::Refused {
            what: format!(
                "cannot {doing}: the {column} of {key:?} in {table} has {chars} characters, and the rules of the file allow a million"
            ),
            hint: "shorten it; `onrecord check text` names all such texts".to_owned(),
        })
    })
}

/// Rows whose reference has no target, as after an edit with the triggers dropped, and former keys of rows
/// that are not there.
///
/// # Errors
/// Fails if the file cannot be read.
pub fn broken_references(db: &Handle) -> Result<Vec<Finding>> {
    let read = |row: &rusqlite::Row<'_>| {
        let (table, parent): (String, String) = (row.get("t")?, row.get("p")?);
        let id: Option<i64> = row.get("r")?;
        Ok(Some(Finding {
            table,
            key: id.map_or_else(String::new, |id| format!("id {id}")),
            finding: format!("refers to a row of {parent} that is not there"),
        }))
    };
    let check = "SELECT \"table\" AS t, rowid AS r, parent AS p FROM pragma_foreign_key_check";
    let mut found = Vec::new();
    if let Ok(all) = collect(db, check, read) {
        found = all;
    } else {
        // A table that another tool made anew keeps no other from being checked.
        for table in all_kinds().map(|kind| kind.table) {
            let check = format!("{check}('{table}')");
            match collect(db, &check, read) {
                Ok(some) => found.extend(some),
                Err(
                    error @ (Error::Sqlite { .. } | Error::Damaged { .. } | Error::Disk { .. }),
                ) => {
                    let finding = format!("its references cannot be checked: {error}");
                    found.push(Finding { table: table.to_owned(), key: String::new(), finding });
                }
                Err(error) => return Err(error),
            }
        }
    }
    // The desk is named by its key, without a foreign key.
    let desk = "SELECT desk FROM archive WHERE desk NOT IN (SELECT key FROM sources)";
    found.extend(collect(db, desk, |row| {
        let finding = "names as its desk a source that is not there".to_owned();
        Ok(Some(Finding { table: ARCHIVE.table.to_owned(), key: row.get("desk")?, finding }))
    })?);
    for kind in all_kinds().filter(|kind| kind.keyed()) {
        let sql = format!(
            "SELECT alias FROM aliases AS a WHERE table_name = '{table}'
               AND NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.id = a.row_id) ORDER BY alias",
            table = kind.table
        );
        found.extend(collect(db, &sql, |row| {
            let finding = format!("is the former key of a row of {} that is not there", kind.table);
            Ok(Some(Finding { table: ALIAS.table.to_owned(), key: row.get("alias")?, finding }))
        })?);
    }
    Ok(found)
}

/// Guards that are missing, changed or unknown, and tables that were altered; and of `views`, the reports and checks
/// of the program, those that are missing or changed.
///
/// # Errors
/// Fails if the schema cannot be read.
pub fn changed_guards(db: &Handle, views: &[ViewSpec]) -> Result<Vec<Finding>> {
    let what = guards::all_differences(&db.conn, db.path(), views)?;
    let finding = |finding| Finding { table: String::new(), key: String::new(), finding };
    Ok(what.into_iter().map(finding).collect())
}

/// Runs a query and returns a finding for each row from which `read` makes one.
fn collect(
    db: &Handle,
    sql: &str,
    read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<Option<Finding>>,
) -> Result<Vec<Finding>> {
    let run = || -> rusqlite::Result<Vec<Finding>> {
        let mut statement = db.conn.prepare(sql)?;
        let found = statement.query_map([], |row| read(row))?;
        found.filter_map(std::result::Result::transpose).collect()
    };
    run().map_err(|error| db.map_err("check it", &error))
}

/// Rows that are neither in both search indexes nor listed in `search_dirty`.
///
/// # Errors
/// Fails if the file cannot be read.
pub fn unindexed_rows(db: &Handle) -> Result<Vec<Finding>> {
    collect(db, &unindexed(), |row| {
        let finding = "it is not in the search index".to_owned();
        Ok(Some(Finding { table: row.get("t")?, key: row.get("k")?, finding }))
    })
}

/// The search indexes that count other rows and words than they have.
///
/// # Errors
/// Fails if the file cannot be read.
pub fn wrong_counts(db: &Handle) -> Result<Vec<Finding>> {
    let look = || -> rusqlite::Result<Vec<&'static str>> {
        let mut off = lost_words(&db.beside()?)?;
        if counts_are_off(&db.conn)? && !off.contains(&"words_fts") {
            off.push("words_fts");
        }
        Ok(off)
    };
    let off = look().map_err(|error| db.map_err("check it", &error))?;
    let finding = |index: &str| Finding {
        table: index.to_owned(),
        key: String::new(),
        finding: "it counts other words than it has; `onrecord check --repair` builds it anew"
            .to_owned(),
    };
    Ok(off.into_iter().map(finding).collect())
}

/// Returns true if the search indexes count the rows and words that they have, as the connection of a writer sees them.
pub(super) fn has_right_counts(writer: &Handle) -> Result<bool> {
    let look = || Ok(lost_words(&writer.conn)?.is_empty() && !counts_are_off(&writer.conn)?);
    look().map_err(|error: rusqlite::Error| writer.map_err("check it", &error))
}

/// Claims whose weight is neither kept nor noted as outdated, and figures that are not kept.
///
/// # Errors
/// Fails if the file cannot be read.
pub fn lost_weights(db: &Handle) -> Result<Vec<Finding>> {
    let weights = "what stands behind it is not kept; `onrecord check --repair` weighs it";
    let mut found = keyed(db, "claims", include_str!("integrity_lost_weights.sql"), weights)?;
    let figures = "what it is compared by is not kept; `onrecord check --repair` works it out";
    found.extend(keyed(db, "figures", include_str!("integrity_lost_figures.sql"), figures)?);
    Ok(found)
}

/// Claims whose weight or origins are given otherwise than they are worked out from nothing, and figures that are
/// compared by something else.
///
/// # Errors
/// Fails if the file cannot be read.
pub fn wrong_weights(db: &Handle) -> Result<Vec<Finding>> {
    let weights =
        "what stands behind it is kept wrongly; `onrecord check --repair --full` weighs it";
    let mut found = keyed(db, "claims", include_str!("integrity_wrong_weights.sql"), weights)?;
    let figures =
        "what it is compared by is kept wrongly; `onrecord check --repair --full` works it out";
    found.extend(keyed(db, "figures", include_str!("integrity_wrong_figures.sql"), figures)?);
    Ok(found)
}

/// A finding for each key that a query gives.
fn keyed(db: &Handle, table: &str, sql: &str, finding: &str) -> Result<Vec<Finding>> {
    collect(db, sql, |row| {
        let (table, finding) = (table.to_owned(), finding.to_owned());
        Ok(Some(Finding { table, key: row.get("key")?, finding }))
    })
}

/// The names of the views that are checks.
///
/// # Errors
/// Fails if the schema cannot be read.
pub fn check_views(db: &Handle) -> Result<Vec<String>> {
    let found = collect(
        db,
        "SELECT name FROM sqlite_schema WHERE type = 'view' AND name GLOB 'check_*' ORDER BY name",
        |row| {
            Ok(Some(Finding {
                table: row.get("name")?,
                key: String::new(),
                finding: String::new(),
            }))
        },
    )?;
    Ok(found.into_iter().map(|found| found.table).collect())
}

/// Views that cannot be read, because they name tables or columns that do not exist.
///
/// # Errors
/// Fails if the schema cannot be read.
pub fn unreadable_views(db: &Handle) -> Result<Vec<Finding>> {
    let views =
        collect(db, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name", |row| {
            Ok(Some(Finding {
                table: String::new(),
                key: row.get("name")?,
                finding: String::new(),
            }))
        })?;
    let mut found = Vec::new();
    for view in views {
        let Err(error) = db.conn.prepare(&format!("SELECT * FROM {}", quote(&view.key))) else {
            continue;
        };
        // A view may take without end to be understood: what was stopped is not known to be unreadable.
        if db.stopped().is_some() {
            return Err(db.map_err("read its views", &error));
        }
        found.push(Finding { finding: format!("cannot be read: {}", message(&error)), ..view });
    }
    Ok(found)
}

/// Returns true if a source gives verdicts or grades, or if any row other than the archive's own, whose
/// desk it is, refers to it.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn is_in_use(db: &Handle, source: &str) -> Result<bool> {
    db.conn
        .query_row(include_str!("integrity_in_use.sql"), [source], |row| row.get("used"))
        .map_err(|error| db.map_err("look for what names a source", &error))
}

/// The first of these names that is not a table: it is a view, or does not exist.
///
/// # Errors
/// Fails if the schema cannot be read.
pub fn first_missing_table(db: &Handle, tables: &[&'static str]) -> Result<Option<&'static str>> {
    let sql = "SELECT count(1) AS n FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    for table in tables {
        let found: rusqlite::Result<i64> =
            db.conn.prepare_cached(sql).and_then(|mut s| s.query_row([table], |row| row.get("n")));
        if found.map_err(|error| db.map_err("read its tables", &error))? == 0 {
            return Ok(Some(table));
        }
    }
    Ok(None)
}
