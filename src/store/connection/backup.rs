//! Backups: a copy of the file, page by page, from one snapshot.

use super::damage::{Depth, find_damage};
use super::handle::Reader;
use super::sqlite_error::{map_copy_err, map_err};
use crate::error::{Error, Result};
use crate::model::Progress;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::Path;

/// The number of pages copied between two polls of the cancellation token: four megabytes.
const PAGES_PER_STEP: i32 = 1024;

/// Copies the archive into the empty file `draft`, unaffected by concurrent writers, and checks the
/// copy for damage. The copy keeps the format of an older archive, and is one file even if the
/// archive has a write-ahead log. The same archive gives the same bytes. Errors name `out`, the final
/// path of the draft. With `as_is`, damaged rows are copied as they are. `progress` receives the pages done and the pages in all.
///
/// # Errors
/// Fails if the archive is damaged or cannot be read, or the copy cannot be written.
pub fn back_up(
    db: &Reader,
    draft: &Path,
    out: &Path,
    as_is: bool,
    progress: &Progress,
) -> Result<()> {
    let doing = format!("copy it to {}", out.display());
    let fail = |error: rusqlite::Error| map_copy_err(db.path(), out, &doing, &error);
    let mut copy = Connection::open(draft).map_err(fail)?;
    // The draft needs no rollback journal: it is synced as a whole before it gets its name.
    copy.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;").map_err(fail)?;
    copy_pages(db, &mut copy, progress, fail)?;
    let of_copy = |error: rusqlite::Error| map_err(out, "write it", &error);
    let found = copy
        .pragma_update(None, "journal_mode", "DELETE")
        .map_err(of_copy)
        .and_then(|()| find_damage(&copy, out, Depth::Pages));
    match found {
        Ok(None) => {}
        Ok(Some(_)) if as_is => {}
        Ok(Some(damage)) if damage.lost.is_none() => db.remark(&format!(
            "copied with what is damaged, from which nothing is lost: {}; `onrecord check --repair` builds it anew",
            damage.names()
        )),
        Ok(Some(_)) | Err(Error::Damaged { .. }) => {
            let own = db.beside().map_err(fail)?;
            return Err(match find_damage(&own, db.path(), Depth::Pages)? {
                Some(damage) => damage.into_error(db.path()),
                None => Error::file_because("write", out, "what was written does not read back"),
            });
        }
        Err(error) => return Err(error),
    }
    copy.close().map_err(|(_, error)| of_copy(error))
}

/// Copies every page of the archive into the database of `copy`, from one snapshot. `progress` receives the pages done and
/// the pages in all.
///
/// # Errors
/// Fails as `fail` says if a page cannot be read or written; or if the caller asks to stop.
pub(super) fn copy_pages(
    db: &Reader,
    copy: &mut Connection,
    progress: &Progress,
    fail: impl Fn(rusqlite::Error) -> Error,
) -> Result<()> {
    let backup = Backup::new(&db.conn, copy).map_err(&fail)?;
    loop {
        match backup.step(PAGES_PER_STEP).map_err(&fail)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            // The snapshot waited for locks and keeps writers out, so a lock is not expected here.
            _ => return Err(Error::Locked { path: db.path().to_owned() }),
        }
        if let Some(why) = db.stopped() {
            return Err(Error::Stopped { why: why.to_owned() });
        }
        let step = backup.progress();
        let pages = |number: i32| u64::try_from(number).unwrap_or(0);
        let (all, rest) = (pages(step.pagecount), pages(step.remaining));
        progress.tell(all.saturating_sub(rest), all);
    }
}
