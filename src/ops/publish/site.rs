//! A site: a small page for each claim, source, place and measure, lists by pages, and a search
//! index in slices. Claims are read and written a stretch at a time.

use super::{Outcome, downloads, stretches};
use crate::error::{Error, Result};
use crate::model::publication::{Claim, Snapshot};
use crate::model::{CancelToken, Progress};
use crate::render::site;
use crate::render::site::{Catalogue, PER_PAGE, Part, SearchIndex};
use crate::store::{Reader, read_snapshot};
use std::path::Path;

/// Threads that write the pages of claims.
const WRITERS: usize = 2;

/// A folder that is being filled.
struct Folder<'a> {
    root: &'a Path,
    cancel: &'a CancelToken,
    files: usize,
    bytes: u64,
}

impl Folder<'_> {
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        if let Some(why) = self.cancel.reason() {
            return Err(Error::Stopped { why: why.to_owned() });
        }
        std::fs::write(self.root.join(name), bytes)?;
        self.files += 1;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// The pages of something whose lines fill as many as they need, and at least one.
    fn pages(&mut self, stem: &str, lines: usize, page: impl Fn(Part<'_>) -> String) -> Result<()> {
        let pages = lines.div_ceil(PER_PAGE).max(1);
        for number in 1..=pages {
            let part = Part { page: number, pages, stem };
            self.put(&Part::file(stem, number), page(part).as_bytes())?;
        }
        Ok(())
    }
}

/// Writes the pages of some claims; gives their bytes.
fn claim_pages(
    root: &Path,
    snapshot: &Snapshot,
    claims: &[Claim],
    cancel: &CancelToken,
) -> Result<u64> {
    let mut folder = Folder { root, cancel, files: 0, bytes: 0 };
    for claim in claims {
        let page = site::page_of_claim(snapshot, claim);
        folder.put(&format!("claim/{}.html", claim.key), page.as_bytes())?;
    }
    Ok(folder.bytes)
}

/// Fills the folder `root`.
pub(in crate::ops) fn write(
    db: &Reader,
    root: &Path,
    progress: &Progress,
    cancel: &CancelToken,
) -> Result<Outcome> {
    let snapshot = read_snapshot(db)?;
    for folder in ["claim", "source", "place", "measure", "status", "list", "search", "data"] {
        std::fs::create_dir(root.join(folder))?;
    }
    let mut folder = Folder { root, cancel, files: 0, bytes: 0 };
    folder.put("style.css", site::STYLE.as_bytes())?;
    folder.put("page.js", site::SCRIPT.as_bytes())?;
    folder.put("search.js", site::SEARCH.as_bytes())?;
    let (mut catalogue, mut index) = (Catalogue::default(), SearchIndex::default());
    stretches(db, &snapshot, progress, |claims| {
        // The pages of claims are most of the work: others write them while this thread counts.
        std::thread::scope(|scope| {
            let share = claims.len().div_ceil(WRITERS).max(1);
            let (root, snapshot) = (folder.root, &snapshot);
            let writers: Vec<_> = claims
                .chunks(share)
                .map(|some| scope.spawn(move || claim_pages(root, snapshot, some, cancel)))
                .collect();
            for claim in &claims {
                catalogue.add(snapshot, claim);
                index.add(snapshot, claim);
            }
            for writer in writers {
                let bytes =
                    writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
                folder.bytes += bytes;
            }
            folder.files += claims.len();
            Ok(())
        })
    })?;
    for slice in index.slices(&snapshot, &catalogue.briefs) {
        folder.put(&format!("search/{}", slice.name), slice.script.as_bytes())?;
    }
    let files = downloads(db)?;
    for file in &files {
        folder.put(&format!("data/{}", file.name), &file.bytes)?;
    }
    let named: Vec<(&str, &str)> = files.iter().map(|file| (file.name, file.about)).collect();
    let first = site::page_of_index(&snapshot, &catalogue, &named);
    folder.put("index.html", first.as_bytes())?;
    folder.put("map.html", site::page_of_map(&snapshot).as_bytes())?;
    lists(&snapshot, &catalogue, &mut folder)?;
    things(&snapshot, &catalogue, &mut folder)?;
    Ok(Outcome { claims: snapshot.claims, files: folder.files, bytes: folder.bytes })
}

/// The lists of claims, by status and all, and of sources, places and measures.
fn lists(snapshot: &Snapshot, catalogue: &Catalogue, folder: &mut Folder<'_>) -> Result<()> {
    let all: Vec<usize> = (0..catalogue.briefs.len()).collect();
    folder.pages("list/claims", all.len(), |part| {
        site::page_of_list(snapshot, catalogue, "Claims", &all, part)
    })?;
    let dated = site::dated(catalogue);
    folder.pages("list/timeline", dated.len(), |part| {
        site::page_of_timeline(snapshot, catalogue, &dated, part)
    })?;
    for (word, _) in snapshot.statuses.iter().filter(|(_, claims)| *claims > 0) {
        let some = catalogue.of_status.get(&word.code).map_or(&[][..], Vec::as_slice);
        let stem = format!("status/{}", site::file_of(&word.code));
        folder.pages(&stem, some.len(), |part| {
            site::page_of_list(snapshot, catalogue, &word.label, some, part)
        })?;
    }
    for (what, title) in [("source", "Sources"), ("place", "Places"), ("measure", "Figures")] {
        let entries = site::entries(snapshot, what);
        let stem = format!("list/{what}s");
        folder.pages(&stem, entries.len(), |part| site::page_of_links(title, &entries, part))?;
    }
    Ok(())
}

/// The pages of sources, places and measures.
fn things(snapshot: &Snapshot, catalogue: &Catalogue, folder: &mut Folder<'_>) -> Result<()> {
    for one in &snapshot.sources.all {
        let lines = catalogue.of_source.get(&one.key).map_or(0, Vec::len);
        folder.pages(&format!("source/{}", one.key), lines, |part| {
            site::page_of_source(snapshot, catalogue, one, part)
        })?;
    }
    for one in &snapshot.places.all {
        let lines = catalogue.of_place.get(&one.key).map_or(0, Vec::len);
        folder.pages(&format!("place/{}", one.key), lines, |part| {
            site::page_of_place(snapshot, catalogue, one, part)
        })?;
    }
    for one in &snapshot.measures.all {
        let page = site::page_of_measure(snapshot, one);
        folder.put(&format!("measure/{}.html", one.key), page.as_bytes())?;
    }
    Ok(())
}
