//! A site: a small page for each claim, source, place and measure, paged lists, and a search index
//! in slices. Claims are read and written in batches.

use super::data::{PublishOutcome, for_each_batch, write_downloads};
use crate::error::{Error, Result};
use crate::model::publication::{Claim, Snapshot};
use crate::model::{CancelToken, Progress};
use crate::render::site::{self, ClaimIndex, LINES_PER_PAGE, ListPage, SearchIndex};
use crate::store::{Reader, read_snapshot};
use std::path::Path;

/// The number of threads that write the pages of claims.
const WRITER_THREADS: usize = 2;

/// The folder of the site while it is being filled.
struct SiteFolder<'a> {
    root: &'a Path,
    cancel: &'a CancelToken,
    files: usize,
    bytes: u64,
}

impl SiteFolder<'_> {
    /// Writes a file, unless the operation is cancelled.
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        if let Some(why) = self.cancel.reason() {
            return Err(Error::Stopped { why: why.to_owned() });
        }
        std::fs::write(self.root.join(name), bytes)?;
        self.files += 1;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Writes the pages under the former keys of an entry, each of which leads to the present one.
    fn write_former(&mut self, snapshot: &Snapshot, what: &'static str, key: &str) -> Result<()> {
        for former in snapshot.former_keys(what, key) {
            let page = site::render_former_page(key);
            self.write(&format!("{what}/{former}.html"), page.as_bytes())?;
        }
        Ok(())
    }

    /// Writes the pages of a list of so many lines; an empty list has one page.
    fn write_list(
        &mut self,
        stem: &str,
        lines: usize,
        render: impl Fn(ListPage<'_>) -> String,
    ) -> Result<()> {
        let pages = lines.div_ceil(LINES_PER_PAGE).max(1);
        for number in 1..=pages {
            let page = ListPage { number, pages, stem };
            self.write(&ListPage::file_name(stem, number), render(page).as_bytes())?;
        }
        Ok(())
    }
}

/// Writes the pages of some claims and returns their number and their size in bytes.
fn write_claim_pages(
    root: &Path,
    snapshot: &Snapshot,
    claims: &[Claim],
    cancel: &CancelToken,
) -> Result<(usize, u64)> {
    let mut folder = SiteFolder { root, cancel, files: 0, bytes: 0 };
    for claim in claims {
        let page = site::render_claim_page(snapshot, claim);
        folder.write(&format!("claim/{}.html", claim.key), page.as_bytes())?;
        folder.write_former(snapshot, "claim", &claim.key)?;
    }
    Ok((folder.files, folder.bytes))
}

/// Writes the site into the folder `root`.
pub(super) fn write(
    db: &Reader,
    root: &Path,
    progress: &Progress,
    cancel: &CancelToken,
) -> Result<PublishOutcome> {
    let snapshot = read_snapshot(db)?;
    for folder in ["claim", "source", "place", "measure", "status", "list", "search", "data"] {
        std::fs::create_dir(root.join(folder))?;
    }
    let mut folder = SiteFolder { root, cancel, files: 0, bytes: 0 };
    folder.write("style.css", site::STYLE.as_bytes())?;
    folder.write("page.js", site::PAGE_SCRIPT.as_bytes())?;
    folder.write("search.js", site::SEARCH_SCRIPT.as_bytes())?;
    let (mut index, mut search) = (ClaimIndex::default(), SearchIndex::default());
    for_each_batch(db, &snapshot, progress, |claims| {
        // Most of the work is in the pages of claims: worker threads write them while this thread
        // fills both indexes.
        std::thread::scope(|scope| {
            let share = claims.len().div_ceil(WRITER_THREADS).max(1);
            let (root, snapshot) = (folder.root, &snapshot);
            let writers: Vec<_> = claims
                .chunks(share)
                .map(|chunk| scope.spawn(move || write_claim_pages(root, snapshot, chunk, cancel)))
                .collect();
            for claim in &claims {
                index.add(snapshot, claim);
                search.add(snapshot, claim);
            }
            for writer in writers {
                let (files, bytes) =
                    writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
                folder.files += files;
                folder.bytes += bytes;
            }
            Ok(())
        })
    })?;
    for slice in search.slices(&snapshot, &index.lines) {
        folder.write(&format!("search/{}", slice.name), slice.script.as_bytes())?;
    }
    let files = write_downloads(db)?;
    for file in &files {
        folder.write(&format!("data/{}", file.name), &file.bytes)?;
    }
    let named: Vec<(&str, &str)> = files.iter().map(|file| (file.name, file.about)).collect();
    let first = site::render_front_page(&snapshot, &index, &named);
    folder.write("index.html", first.as_bytes())?;
    folder.write("map.html", site::render_map_page(&snapshot).as_bytes())?;
    write_lists(&snapshot, &index, &mut folder)?;
    write_record_pages(&snapshot, &index, &mut folder)?;
    Ok(PublishOutcome { claims: snapshot.claims, files: folder.files, bytes: folder.bytes })
}

/// Writes the lists: all claims, claims by date and by status, sources, places and measures.
fn write_lists(snapshot: &Snapshot, index: &ClaimIndex, folder: &mut SiteFolder<'_>) -> Result<()> {
    let all: Vec<usize> = (0..index.lines.len()).collect();
    folder.write_list("list/claims", all.len(), |page| {
        site::render_claim_list(snapshot, index, "Claims", &all, page)
    })?;
    let dated = site::dated_claims(index);
    folder.write_list("list/timeline", dated.len(), |page| {
        site::render_timeline_page(snapshot, index, &dated, page)
    })?;
    for (status, _) in snapshot.statuses.iter().filter(|(_, claims)| *claims > 0) {
        let claims = index.by_status.get(&status.code).map_or(&[][..], Vec::as_slice);
        let stem = format!("status/{}", site::code_slug(&status.code));
        folder.write_list(&stem, claims.len(), |page| {
            site::render_claim_list(snapshot, index, &status.label, claims, page)
        })?;
    }
    for (what, title) in [("source", "Sources"), ("place", "Places"), ("measure", "Figures")] {
        let links = site::list_links(snapshot, what);
        let stem = format!("list/{what}s");
        folder
            .write_list(&stem, links.len(), |page| site::render_link_list(title, &links, page))?;
    }
    Ok(())
}

/// Writes the pages of sources, places and measures.
fn write_record_pages(
    snapshot: &Snapshot,
    index: &ClaimIndex,
    folder: &mut SiteFolder<'_>,
) -> Result<()> {
    for source in &snapshot.sources.all {
        let lines = index.by_source.get(&source.key).map_or(0, Vec::len);
        folder.write_list(&format!("source/{}", source.key), lines, |page| {
            site::render_source_page(snapshot, index, source, page)
        })?;
        folder.write_former(snapshot, "source", &source.key)?;
    }
    for place in &snapshot.places.all {
        let lines = index.by_place.get(&place.key).map_or(0, Vec::len);
        folder.write_list(&format!("place/{}", place.key), lines, |page| {
            site::render_place_page(snapshot, index, place, page)
        })?;
        folder.write_former(snapshot, "place", &place.key)?;
    }
    for measure in &snapshot.measures.all {
        let page = site::render_measure_page(snapshot, measure);
        folder.write(&format!("measure/{}.html", measure.key), page.as_bytes())?;
        folder.write_former(snapshot, "measure", &measure.key)?;
    }
    Ok(())
}
