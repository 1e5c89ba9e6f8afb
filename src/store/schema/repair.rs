//! Repairs guards that are missing or were changed, and search indexes that are not those of the rows.

use super::encoding::{BrokenText, broken_texts, replace_text};
use super::guards::ChangedCode;
use super::integrity::{has_right_counts, lost_weights, unindexed_rows, wrong_weights};
use super::views::ViewSpec;
use super::{guards, rebuild};
use crate::error::Result;
use crate::model::CancelToken;
use crate::store::blobs::{Cell, copy_cell};
use crate::store::connection::{Handle, Writer};
use crate::store::search;
use crate::store::weights::weigh_at_rest;
use rusqlite::blob::ZeroBlob;
use rusqlite::params;
use std::path::Path;

/// Reads the texts that are not UTF-8 in the encoding in which they were written, and puts them in place: the same
/// text, so that no revision is written and no verdict is stale. Call it while an operation runs. Returns those that
/// were read, as `table key, column`; a text that has no meaning in the encoding stays, and `check` goes on naming it.
///
/// # Errors
/// Fails if the archive cannot be written to.
pub fn mend_encoding(
    writer: &Writer,
    encoding: &'static encoding_rs::Encoding,
) -> Result<Vec<String>> {
    writer.without_triggers(include_str!("update_guards.sql"), || {
        let mend = || -> rusqlite::Result<Vec<String>> {
            let mut mended = Vec::new();
            for (broken, text) in readable_texts(writer, encoding)? {
                replace_text(&writer.conn, &broken, &text)?;
                mended.push(format!("{} {}, {}", broken.table, broken.key, broken.column));
            }
            Ok(mended)
        };
        mend().map_err(|error| writer.map_err("read its texts in their encoding", &error))
    })
}

/// Returns true if a text that is not UTF-8 can be read in this encoding.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn can_mend_encoding(db: &Handle, encoding: &'static encoding_rs::Encoding) -> Result<bool> {
    let found = readable_texts(db, encoding).map_err(|error| db.map_err("check it", &error))?;
    Ok(!found.is_empty())
}

/// The texts that are not UTF-8 and can be read in this encoding, each with what it says.
fn readable_texts(
    db: &Handle,
    encoding: &'static encoding_rs::Encoding,
) -> rusqlite::Result<Vec<(BrokenText, String)>> {
    let broken = broken_texts(&db.conn, usize::MAX)?.into_iter();
    let read = |broken: BrokenText| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&broken.bytes)?;
        let text = Some(text.into_owned()).filter(|text| !text.contains('\0'))?;
        Some((broken, text))
    };
    Ok(broken.filter_map(read).collect())
}

/// Restores the guards: creates the missing ones, replaces the changed ones, and drops unknown triggers
/// on the archive's own tables. Builds the search indexes anew if one of them misses rows or counts wrong, and weighs
/// the claims and keeps the figures anew if a guard was put back or one of them is lost; with `full`, also if one is wrong.
/// `finish` gets a sentence for each, that for a dropped trigger with its SQL, and writes what else is to be written.
///
/// All of it is one transaction. Where pages are damaged, it runs in a copy of the file, whose pages then take the place of
/// the file's in another: whenever it is stopped, the file is as it was, or is repaired and says so. Only an archive of an
/// older program is first brought up to date, in a transaction of its own.
///
/// # Errors
/// Fails if the archive cannot be opened for writing, or a table itself is missing; returns the errors of `finish`.
/// Nothing was written then.
pub fn repair<T>(
    path: &Path,
    views: &[ViewSpec],
    full: bool,
    cancel: &CancelToken,
    finish: impl Fn(&Writer, Vec<String>) -> Result<T>,
) -> Result<T> {
    let repair =
        |path: &Path, rebuilt: &[String]| repair_sound(path, views, full, cancel, rebuilt, &finish);
    match rebuild::rebuild(path, cancel, repair)? {
        Some(done) => Ok(done),
        None => repair(path, &[]),
    }
}

/// Restores what [`repair`] does, in a file whose pages are sound, but for the objects in `rebuilt`, which are missing from
/// it or were filled anew.
fn repair_sound<T>(
    path: &Path,
    views: &[ViewSpec],
    full: bool,
    cancel: &CancelToken,
    rebuilt: &[String],
    finish: &dyn Fn(&Writer, Vec<String>) -> Result<T>,
) -> Result<T> {
    let mut writer = Writer::open_unguarded(path, views)?;
    writer.stop_when(cancel)?;
    let is_remade = has_other_files(&writer)?;
    if is_remade {
        // The table that the copies refer to is dropped and made again. SQLite takes no such word inside a transaction.
        set_foreign_keys(&writer, false)?;
    }
    writer.transact(|writer| {
        if is_remade {
            remake_files(writer)?;
        }
        let mut done: Vec<String> =
            rebuilt.iter().map(|name| format!("{name}, which was damaged")).collect();
        done.extend(restore(writer, full, rebuilt)?);
        if is_remade {
            done.push("the table sqlar".to_owned());
        }
        finish(writer, done)
    })
}

/// Puts the guards back, and what is kept; returns a sentence for each.
fn restore(writer: &Writer, full: bool, rebuilt: &[String]) -> Result<Vec<String>> {
    let differences = guards::compare(&writer.conn, &writer.path)?;
    for sql in &differences.repair {
        let put = writer.conn.execute_batch(sql);
        put.map_err(|error| writer.map_err("put its guards back", &error))?;
    }
    let codes = guards::changed_codes(&writer.conn, &writer.path)?;
    if !codes.is_empty() {
        let fail = |error: rusqlite::Error| writer.map_err("put its code lists right", &error);
        let put = |code: &ChangedCode| writer.conn.execute_batch(&code.repair).map_err(fail);
        writer.without_triggers(include_str!("update_guards.sql"), || {
            codes.iter().try_for_each(put)
        })?;
    }
    // Without its notes of changed rows, the index may lack any row.
    let is_indexed = !differences.repair.iter().any(|sql| sql.contains("search_dirty"))
        && unindexed_rows(writer)?.is_empty()
        && has_right_counts(writer)?;
    if !is_indexed {
        search::index::rebuild(&writer.conn)
            .map_err(|error| writer.map_err("index its words anew", &error))?;
    }
    // Without its triggers, the file may have missed what outdates a weight or changes a figure.
    let is_weighed = differences.repair.is_empty()
        && lost_weights(writer)?.is_empty()
        && (!full || wrong_weights(writer)?.is_empty());
    if !is_weighed {
        let note = "INSERT OR IGNORE INTO outdated_claims (claim_id) SELECT id FROM claims";
        let weigh = writer.conn.execute(note, []).and_then(|_| weigh_at_rest(&writer.conn));
        weigh.map_err(|error| writer.map_err("weigh its claims anew", &error))?;
        let keep = writer.conn.execute_batch(include_str!("keep_figures.sql"));
        keep.map_err(|error| writer.map_err("keep its figures anew", &error))?;
    }
    // What was damaged is said already.
    let is_of_damage = !rebuilt.is_empty() && !differences.repair.is_empty();
    let mut done = differences.not_of(rebuilt, &writer.path)?;
    done.extend(codes.into_iter().map(|code| code.what));
    if !is_weighed && !is_of_damage {
        done.push("what it keeps of claims and figures".to_owned());
    }
    if !is_indexed && !is_of_damage {
        done.push("the search indexes".to_owned());
    }
    Ok(done)
}

/// The columns of `sqlar` that every tool which writes this format knows.
const FILE_COLUMNS: [&str; 5] = ["name", "mode", "mtime", "sz", "data"];

/// Returns true if another tool made `sqlar` anew without the ids that copies refer to, as `sqlite3 FILE -A -c` does.
fn has_other_files(writer: &Writer) -> Result<bool> {
    let read = || -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT c.name FROM sqlite_schema AS s JOIN pragma_table_info('sqlar') AS c
             WHERE s.type = 'table' AND s.name = 'sqlar'";
        writer.conn.prepare(sql)?.query_map([], |row| row.get("name"))?.collect()
    };
    let mut names = read().map_err(|error| writer.map_err("read its schema", &error))?;
    names.sort();
    let mut known = FILE_COLUMNS.map(str::to_owned);
    known.sort();
    Ok(names == known)
}

/// Makes `sqlar` as it was, with the files that are in the present table. No file gets an id that one had before: a copy
/// whose bytes are lost does not refer to other bytes.
fn remake_files(writer: &Writer) -> Result<()> {
    let fail = |error: rusqlite::Error| writer.map_err("make the table sqlar as it was", &error);
    let table = guards::table_text("sqlar", &writer.path)?;
    let rename = "PRAGMA legacy_alter_table = ON; ALTER TABLE sqlar RENAME TO found_files;
         PRAGMA legacy_alter_table = OFF;";
    writer.conn.execute_batch(rename).map_err(fail)?;
    writer.conn.execute_batch(&table).map_err(fail)?;
    writer.conn.execute_batch(include_str!("repair_file_ids.sql")).map_err(fail)?;
    let read = || -> rusqlite::Result<Vec<(i64, i64)>> {
        let sql = "SELECT rowid, coalesce(length(data), 0) FROM found_files ORDER BY rowid";
        writer.conn.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    for (found, length) in read().map_err(fail)? {
        let sql = "INSERT INTO sqlar (name, mode, mtime, sz, data)
             SELECT name, mode, mtime, sz, ?2 FROM found_files WHERE rowid = ?1";
        let bytes = ZeroBlob(u64::try_from(length).unwrap_or_default());
        writer.conn.execute(sql, params![found, bytes]).map_err(fail)?;
        let file = Cell::of_file(writer.conn.last_insert_rowid());
        if length > 0 {
            copy_cell(writer, Cell::of_found(found), writer, file)?;
        }
    }
    writer.conn.execute_batch("DROP TABLE found_files").map_err(fail)
}

fn set_foreign_keys(writer: &Writer, on: bool) -> Result<()> {
    writer
        .conn
        .pragma_update(None, "foreign_keys", on)
        .map_err(|error| writer.map_err("set its rules aside", &error))
}
