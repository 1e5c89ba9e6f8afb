//! A copy of the file, page by page, as it is at one moment.

use super::handle::Reader;
use super::open::find_damage;
use super::sqlite_error::map_err;
use crate::error::{Error, Result};
use crate::model::Progress;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode};
use std::path::Path;

/// Pages between two looks at the clock and at Ctrl-C: four megabytes.
const PAGES: i32 = 1024;

/// Copies the archive into the empty file `draft`, whatever others write meanwhile, and looks the
/// copy over. It keeps the format of an older archive, and is at rest in one file even where the
/// archive has a write-ahead log. The same archive gives the same bytes. What cannot be written is
/// told of `out`, as which the draft is meant to end. Tells `meter` the pages done and the pages in
/// all.
///
/// # Errors
/// Fails if the archive is damaged or cannot be read, or the copy cannot be written.
pub fn back_up(db: &Reader, draft: &Path, out: &Path, progress: &Progress) -> Result<()> {
    let fail = |error: rusqlite::Error| db.map_err("copy it", &error);
    let step = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull | ErrorCode::CannotOpen | ErrorCode::ReadOnly) => {
            map_err(out, "write it", &error)
        }
        _ => fail(error),
    };
    let mut copy = Connection::open(draft).map_err(step)?;
    // The draft is synced as a whole before it gets its name, and is nothing to roll back to.
    copy.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;").map_err(step)?;
    let backup = Backup::new(&db.conn, &mut copy).map_err(fail)?;
    loop {
        match backup.step(PAGES).map_err(step)? {
            StepResult::Done => break,
            StepResult::More => {}
            // The snapshot keeps writers out; a lock that is held all the same is waited for there.
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
    drop(backup);
    copy.pragma_update(None, "journal_mode", "DELETE").map_err(fail)?;
    if let Some(why) = find_damage(&copy).map_err(fail)? {
        return Err(Error::Damaged { path: db.path().to_owned(), why });
    }
    copy.close().map_err(|(_, error)| fail(error))
}
