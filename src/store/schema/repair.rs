//! Repairs guards that are missing or were changed, and search indexes that are not those of the rows.

use super::encoding::{BrokenText, broken_texts, replace_text};
use super::integrity::{lost_weights, unindexed_rows, wrong_counts, wrong_weights};
use super::views::ViewSpec;
use super::{guards, rebuild};
use crate::error::Result;
use crate::store::connection::{Handle, Writer};
use crate::store::search;
use crate::store::weights::weigh_at_rest;
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
/// Returns a sentence for each; that for a dropped trigger has its SQL.
///
/// # Errors
/// Fails if the archive cannot be opened for writing, or a table itself is missing.
pub fn repair(path: &Path, views: &[ViewSpec], full: bool) -> Result<Vec<String>> {
    let mut done = rebuild::rebuild(path, |draft| repair_sound(draft, views, false))?;
    done.extend(repair_sound(path, views, full)?);
    Ok(done)
}

/// Restores what [`repair`] does, in a file whose pages are sound.
fn repair_sound(path: &Path, views: &[ViewSpec], full: bool) -> Result<Vec<String>> {
    let writer = Writer::open_unguarded(path, views)?;
    let mut differences = guards::compare(&writer.conn, &writer.path)?;
    writer.transact(|writer| {
        differences.repair.iter().try_for_each(|sql| {
            writer
                .conn
                .execute_batch(sql)
                .map_err(|error| writer.map_err("put its guards back", &error))
        })
    })?;
    // Without its notes of changed rows, the index may lack any row.
    let is_indexed = !differences.repair.iter().any(|sql| sql.contains("search_dirty"))
        && unindexed_rows(&writer)?.is_empty()
        && wrong_counts(&writer)?.is_empty();
    if !is_indexed {
        writer.transact(|writer| {
            search::index::rebuild(&writer.conn)
                .map_err(|error| writer.map_err("index its words anew", &error))
        })?;
    }
    // Without its triggers, the file may have missed what outdates a weight or changes a figure.
    let is_weighed = differences.repair.is_empty()
        && lost_weights(&writer)?.is_empty()
        && (!full || wrong_weights(&writer)?.is_empty());
    if !is_weighed {
        writer.transact(|writer| {
            let note = "INSERT OR IGNORE INTO outdated_claims (claim_id) SELECT id FROM claims";
            let weigh = writer.conn.execute(note, []).and_then(|_| weigh_at_rest(&writer.conn));
            weigh.map_err(|error| writer.map_err("weigh its claims anew", &error))?;
            let keep = writer.conn.execute_batch(include_str!("keep_figures.sql"));
            keep.map_err(|error| writer.map_err("keep its figures anew", &error))
        })?;
        differences.what.push("what it keeps of claims and figures".to_owned());
    }
    if !is_indexed {
        differences.what.push("the search indexes".to_owned());
    }
    Ok(differences.what)
}
