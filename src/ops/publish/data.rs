//! The data that the single page and the site have in common: the claims in batches, the downloads,
//! and the outcome.

use crate::error::Result;
use crate::model::Progress;
use crate::model::publication::{Claim, Snapshot};
use crate::ops::export::{self, ExportFormat};
use crate::render::site::Download;
use crate::render::{Format, Style, row_sink};
use crate::store::{Query, Reader, read_published_claims, words};

/// The number of claims read at a time.
const CLAIMS_PER_BATCH: u32 = 2_000;

/// The result of publishing an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishOutcome {
    /// Claims published.
    pub claims: u64,
    /// Files written.
    pub files: usize,
    /// Bytes written.
    pub bytes: u64,
}

/// Calls `visit` for all published claims, in the order of the file, a batch at a time.
pub(super) fn for_each_batch(
    db: &Reader,
    snapshot: &Snapshot,
    progress: &Progress,
    mut visit: impl FnMut(Vec<Claim>) -> Result<()>,
) -> Result<()> {
    let (mut after, mut done) = (0, 0);
    loop {
        let claims = read_published_claims(db, snapshot, after, CLAIMS_PER_BATCH)?;
        let Some(last) = claims.last() else { return Ok(()) };
        after = last.id;
        done += claims.len() as u64;
        visit(claims)?;
        progress.tell(done, snapshot.claims);
    }
}

/// Writes the files that a page offers for download.
pub(super) fn write_downloads(db: &Reader) -> Result<Vec<Download>> {
    let mut csv = Vec::new();
    let withdrawn = has_withdrawn_claims(db)?;
    export::write_published(db, ExportFormat::Csv, withdrawn, &mut csv)?;
    let mut geojson = Vec::new();
    export::write_published(db, ExportFormat::GeoJson, withdrawn, &mut geojson)?;
    let mut json = Vec::new();
    let query = Query { sql: "SELECT * FROM report_claims".to_owned(), params: Vec::new() };
    query.run(db, &mut *row_sink(Format::Json, Style::default(), &mut json))?;
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

fn has_withdrawn_claims(db: &Reader) -> Result<bool> {
    let sql = "SELECT 'yes' FROM claims WHERE withdrawn IS NOT NULL LIMIT 1".to_owned();
    Ok(!words(db, &Query { sql, params: Vec::new() })?.is_empty())
}
