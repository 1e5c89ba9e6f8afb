//! Merges an archive file into the record at a server. The record becomes a temporary archive, the file is merged into
//! that as into any other, and the rows that differ then go to the server, in the transaction that read it.

use crate::error::{Error, Result};
use crate::model::{Progress, ServerAddress};
use crate::ops::context::{Context, builtin_views};
use crate::ops::merge::{self, Outcome, Side};
use crate::render::CopyRows;
use crate::store::{
    Changes, PostgresTable, Server, in_memory, install_views, postgres_tables, restore_rows,
};
use std::path::Path;

/// The options of a push.
#[derive(Debug)]
pub struct Options<'a> {
    /// The archive that is taken in; it is only read.
    pub archive: &'a Path,
    /// The server whose record takes it in.
    pub server: &'a ServerAddress,
    /// The folder for temporary files.
    pub scratch: &'a Path,
    /// Whose word stands in a conflict, the record at the server being `ours`. None: any conflict ends the push.
    pub prefer: Option<Side>,
    /// The key under which the desk of the archive is known at the server.
    pub desk_as: Option<String>,
    /// Find the conflicts and say what would change, but change nothing.
    pub dry_run: bool,
    /// The reports of other people that are taken in.
    pub with_reports: &'a [String],
    /// Is told how many tables of how many were looked at.
    pub progress: Progress,
}

/// Takes an archive into the record at a server: all of it, or nothing.
///
/// # Errors
/// As [`merge::merge`], or what went wrong with the server. Nothing is written then.
pub fn push(options: &Options<'_>, context: &Context) -> Result<Outcome> {
    let tables = tables()?;
    let cancel = context.cancel.clone();
    // A file that is none is told before the server is asked.
    drop(crate::ops::context::open_reader(options.archive, cancel.clone())?);
    let mut server = match options.dry_run {
        true => Server::open(options.server, builtin_views(), cancel)?,
        false => Server::open_to_change(options.server, builtin_views(), cancel, &tables)?,
    };
    let folder = tempfile::Builder::new().prefix("onrecord-").tempdir_in(options.scratch);
    let folder = folder.map_err(|error| Error::file("write to", options.scratch, &error))?;
    let (before, after) = (folder.path().join("before.db"), folder.path().join("record.db"));
    restore_rows(&after, builtin_views(), &mut server).map_err(|error| match error {
        Error::Refused { what, .. } if what.starts_with("cannot read the rows") => Error::Refused {
            what: format!("{what} (at {})", options.server),
            hint: "this is no record as onrecord makes it".to_owned(),
        },
        other => other,
    })?;
    std::fs::copy(&after, &before).map_err(|error| Error::file("copy", &after, &error))?;
    let merged = merge::Options {
        archive: &after,
        other: options.archive,
        prefer: options.prefer,
        desk_as: options.desk_as.clone(),
        dry_run: options.dry_run,
        with_reports: options.with_reports,
        progress: options.progress.clone(),
    };
    let outcome = merge::merge(&merged, context)?;
    if !options.dry_run {
        send(&Changes::between(&before, &after)?, &server, &tables)?;
    }
    Ok(outcome)
}

/// The tables of a record at a server.
fn tables() -> Result<Vec<PostgresTable>> {
    let fresh = in_memory("0001-01-01T00:00:00Z")?;
    install_views(&fresh, builtin_views())?;
    postgres_tables(&fresh)
}

/// Makes the record at the server the later one. One that is that already is left alone.
fn send(changes: &Changes, server: &Server, tables: &[PostgresTable]) -> Result<()> {
    let mut changed = Vec::new();
    let mut gone = Vec::new();
    for table in tables {
        let keys = changes.gone(table)?;
        if !keys.is_empty() || changes.has_new(table)? {
            changed.push(table.clone());
            gone.push(keys);
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    server.begin_changes(&changed)?;
    for (table, keys) in changed.iter().zip(&gone) {
        server.delete_rows(table, &changes.key_of(table)?, keys)?;
    }
    for table in &changed {
        server.insert_rows(table, &mut |out| changes.send(table, &mut CopyRows::new(out)))?;
    }
    server.keep_changes(&changed, &changes.last_ids()?)
}
