//! Publishes an archive: as one page that needs nothing but itself, or as a folder of small pages.

mod site;

use super::{export, output_file};
use crate::error::{Error, Result};
use crate::model::publication::{Claim, Snapshot};
use crate::model::{CancelToken, Progress};
use crate::render;
use crate::render::Style;
use crate::render::site::{Catalogue, Download, whole_page};
use crate::store::{Query, Reader, read_published_claims, read_snapshot};
use std::io::Write;
use std::path::Path;

/// Claims that one page holds at most: more would be slow to open.
pub const PAGE: u64 = 2_000;
/// Claims read at a time.
const STRETCH: u32 = 2_000;

/// What was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Claims.
    pub claims: u64,
    /// Files written.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// Publishes the archive as `out`: a page where the name ends in `.html`, else a folder. It appears
/// under its name when it is complete. The same archive gives the same bytes.
///
/// # Errors
/// When the archive cannot be read, holds too many claims for one page, or `out` cannot be written
/// or is there already; `force` replaces a file, never a folder.
pub fn publish(
    archive: &Path,
    out: &Path,
    force: bool,
    progress: &Progress,
    cancel: CancelToken,
) -> Result<Outcome> {
    if out == Path::new("-") {
        return Err(Error::Refused {
            what: "cannot publish to standard output".to_owned(),
            hint: "name a page, such as claims.html, or a new folder".to_owned(),
        });
    }
    let db = Reader::open(archive, cancel.clone())?;
    if db.is_older()? {
        return Err(Error::Refused {
            what: format!(
                "cannot publish {}: it was last written by an older onrecord and lacks what a page is made of",
                archive.display()
            ),
            hint: "`onrecord check --repair` brings it up to date".to_owned(),
        });
    }
    let name = out.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let page = name.ends_with(".html") || name.ends_with(".htm");
    if page {
        refuse_many(&db, out)?;
        return output_file::file(out, db.path(), force, |_, file| {
            db.snapshot(|| write_page(&db, progress, file))
        });
    }
    output_file::folder(out, |draft| db.snapshot(|| site::write(&db, draft, progress, &cancel)))
}

fn write_page(db: &Reader, progress: &Progress, out: &mut dyn Write) -> Result<Outcome> {
    let snapshot = read_snapshot(db)?;
    let mut catalogue = Catalogue::default();
    let mut claims = Vec::new();
    stretches(db, &snapshot, progress, |some| {
        some.iter().for_each(|claim| catalogue.add(&snapshot, claim));
        claims.extend(some);
        Ok(())
    })?;
    let downloads = downloads(db)?;
    let page = whole_page(&snapshot, &claims, &catalogue, &downloads);
    out.write_all(page.as_bytes())?;
    Ok(Outcome { claims: snapshot.claims, files: 1, bytes: page.len() as u64 })
}

/// Hands on every claim that is published, in the order of the file, a stretch at a time.
fn stretches(
    db: &Reader,
    snapshot: &Snapshot,
    progress: &Progress,
    mut take: impl FnMut(Vec<Claim>) -> Result<()>,
) -> Result<()> {
    let (mut after, mut done) = (0, 0);
    loop {
        let claims = read_published_claims(db, snapshot, after, STRETCH)?;
        let Some(last) = claims.last() else { return Ok(()) };
        after = last.id;
        done += claims.len() as u64;
        take(claims)?;
        progress.tell(done, snapshot.claims);
    }
}

/// What a page offers to be saved.
fn downloads(db: &Reader) -> Result<Vec<Download>> {
    let mut csv = Vec::new();
    let withdrawn = any_withdrawn(db)?;
    export::published(db, export::Format::Csv, withdrawn, &mut csv)?;
    let mut geojson = Vec::new();
    export::published(db, export::Format::GeoJson, withdrawn, &mut geojson)?;
    let mut json = Vec::new();
    let query = Query { sql: "SELECT * FROM report_claims".to_owned(), params: Vec::new() };
    query.run(db, &mut *render::rows(render::Format::Json, Style::default(), &mut json))?;
    let file = |name, about, media_type, bytes| Download { name, about, media_type, bytes };
    Ok(vec![
        file(
            "claims.csv",
            "everything on record in rows, for spreadsheets and to be imported again",
            "text/csv",
            csv,
        ),
        file("claims.json", "a claim each, with status and origins", "application/json", json),
        file(
            "claims.geojson",
            "the claims at their places, for maps",
            "application/geo+json",
            geojson,
        ),
    ])
}

/// Refuses a page of too many claims before anything is worked out.
fn refuse_many(db: &Reader, out: &Path) -> Result<()> {
    let sql = "SELECT CAST(count(1) AS TEXT) FROM claims WHERE withdrawn IS NULL".to_owned();
    let counted = crate::store::words(db, &Query { sql, params: Vec::new() })?;
    let claims: u64 = counted.first().and_then(|text| text.parse().ok()).unwrap_or(0);
    if claims <= PAGE {
        return Ok(());
    }
    Err(Error::Refused {
        what: format!(
            "cannot publish {claims} claims as one page: it would be slow to open (at most {PAGE})"
        ),
        hint: format!(
            "publish a folder of pages: `onrecord publish {}`",
            out.with_extension("").display()
        ),
    })
}

fn any_withdrawn(db: &Reader) -> Result<bool> {
    let sql = "SELECT 'yes' FROM claims WHERE withdrawn IS NOT NULL LIMIT 1".to_owned();
    Ok(!crate::store::words(db, &Query { sql, params: Vec::new() })?.is_empty())
}
