//! Publishing an archive: as one self-contained page, or as a folder of small pages.

mod data;
mod site;

use super::output_file;
use crate::error::{Error, Result};
use crate::model::{CancelToken, Progress};
use crate::ops::context::open_reader;
use crate::render::site::{ClaimIndex, render_single_page};
use crate::store::{Query, Reader, read_snapshot, require_allowed_texts, words};
use data::{for_each_batch, write_downloads};
use std::fmt::Display;
use std::io::Write;
use std::path::Path;

pub use data::PublishOutcome;

/// The largest number of claims on a single page; a larger page would be slow to open.
pub const MAX_CLAIMS_ON_PAGE: u64 = 2_000;

/// The largest number of lines about claims in the lists of a single page's sources and places, some 25 MB: where places
/// lie deep inside one another, each lists all claims of those within it.
const MAX_LINES_ON_PAGE: usize = 100_000;

/// Publishes the archive as `out`: a page if the name ends in `.html`, otherwise a folder. It
/// appears under its name only when it is complete. The same archive gives the same bytes.
///
/// # Errors
/// Fails if the archive cannot be read, has too much for one page, or `out` cannot be
/// written or exists already; `force` replaces a file, never a folder.
pub fn publish(
    archive: &Path,
    out: &Path,
    force: bool,
    progress: &Progress,
    cancel: CancelToken,
) -> Result<PublishOutcome> {
    if out == Path::new("-") {
        return Err(Error::Refused {
            what: "cannot publish to standard output".to_owned(),
            hint: "name a page, such as claims.html, or a new folder".to_owned(),
        });
    }
    let db = open_reader(archive, cancel.clone())?;
    if db.is_older()? {
        return Err(Error::Refused {
            what: format!(
                "cannot publish {}: it was last written by an older onrecord and lacks the views that pages are made from",
                archive.display()
            ),
            hint: "`onrecord check --repair` brings it up to date".to_owned(),
        });
    }
    // A page holds each text several times, and a reader's browser would not show it.
    require_allowed_texts(&db, &format!("publish {}", archive.display()))?;
    let name = out.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let page = name.ends_with(".html") || name.ends_with(".htm");
    if page {
        check_fits_page(&db, out)?;
        return output_file::write_file(out, db.path(), force, |_, file| {
            db.snapshot(|| write_page(&db, out, progress, file))
        });
    }
    output_file::write_folder(out, |draft| {
        db.snapshot(|| site::write(&db, draft, progress, &cancel))
    })
}

/// Writes the archive as one page, whose final path is `out`.
fn write_page(
    db: &Reader,
    out: &Path,
    progress: &Progress,
    draft: &mut dyn Write,
) -> Result<PublishOutcome> {
    let snapshot = read_snapshot(db)?;
    let mut index = ClaimIndex::default();
    let mut claims = Vec::new();
    for_each_batch(db, &snapshot, progress, |batch| {
        batch.iter().for_each(|claim| index.add(&snapshot, claim));
        claims.extend(batch);
        Ok(())
    })?;
    let lines = index.number_of_lines();
    if lines > MAX_LINES_ON_PAGE {
        let what = format!("{lines} lines in lists of claims");
        return Err(too_much_for_a_page(&what, MAX_LINES_ON_PAGE, out));
    }
    let downloads = write_downloads(db)?;
    let page = render_single_page(&snapshot, &claims, &index, &downloads);
    draft.write_all(page.as_bytes())?;
    Ok(PublishOutcome { claims: snapshot.claims, files: 1, bytes: page.len() as u64 })
}

/// Returns an error if the archive has too many claims for one page.
fn check_fits_page(db: &Reader, out: &Path) -> Result<()> {
    let sql = "SELECT CAST(count(1) AS TEXT) FROM claims WHERE withdrawn IS NULL".to_owned();
    let counted = words(db, &Query { sql, params: Vec::new() })?;
    let claims: u64 = counted.first().and_then(|text| text.parse().ok()).unwrap_or(0);
    if claims <= MAX_CLAIMS_ON_PAGE {
        return Ok(());
    }
    Err(too_much_for_a_page(&format!("{claims} claims"), MAX_CLAIMS_ON_PAGE, out))
}

fn too_much_for_a_page(what: &str, most: impl Display, out: &Path) -> Error {
    Error::Refused {
        what: format!(
            "cannot publish {what} as one page: it would be slow to open (at most {most})"
        ),
        hint: format!(
            "publish a folder of pages: `onrecord publish {}`",
            out.with_extension("").display()
        ),
    }
}
