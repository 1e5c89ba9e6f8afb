//! The pages of a site: one for each claim, source, place and measure, and paged lists.

use super::components::{Links, bidi_text, count_noun, shown_text, truncate};
use super::index::ClaimIndex;
use super::layout::render_layout;
use super::{claim, figures, lists, map, overview, timeline};
use crate::model::publication::{Claim, Measure, Place, Snapshot, Source};
use maud::{DOCTYPE, Markup, html};
use std::collections::BTreeSet;

pub use super::timeline::dated_claims;

/// The number of lines on a page of a list.
pub const LINES_PER_PAGE: usize = 150;
/// The largest number of figures on the page of a measure; the report and the data have all.
const MAX_FIGURES_SHOWN: usize = 150;
/// The largest number of lines in each list of the overview.
const MAX_OVERVIEW_LINES: usize = 15;

/// A page of a paged list.
#[derive(Clone, Copy, Debug)]
pub struct ListPage<'a> {
    /// The number of this page, from 1.
    pub number: usize,
    /// The total number of pages.
    pub pages: usize,
    /// The file name of the first page, without extension.
    pub stem: &'a str,
}

impl ListPage<'_> {
    /// Returns the file name of a page: `STEM.html`, `STEM_2.html`. No key contains an underscore.
    pub fn file_name(stem: &str, number: usize) -> String {
        if number == 1 { format!("{stem}.html") } else { format!("{stem}_{number}.html") }
    }

    /// Returns the lines of this page.
    fn slice<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        let from = ((self.number - 1) * LINES_PER_PAGE).min(all.len());
        &all[from..(from + LINES_PER_PAGE).min(all.len())]
    }

    /// Renders the links to the previous and the next page.
    fn render_pager(&self) -> Markup {
        let name = self.stem.rsplit('/').next().unwrap_or(self.stem);
        html! {
            @if self.pages > 1 {
                nav class="pages" aria-label="Pages" {
                    @if self.number > 1 { a rel="prev" href=(ListPage::file_name(name, self.number - 1)) { "Previous" } " " }
                    "Page " (self.number) " of " (self.pages)
                    @if self.number < self.pages { " " a rel="next" href=(ListPage::file_name(name, self.number + 1)) { "Next" } }
                }
            }
        }
    }
}

fn render_nav(root: &str) -> Markup {
    html! {
        @for (file, word) in [("index", "At a glance"), ("list/claims", "Claims"), ("map", "Map"), ("list/timeline", "Timeline"), ("list/sources", "Sources"),
            ("list/places", "Places"), ("list/measures", "Figures"), ("index", "Search")] {
            a href={ (root) (file) ".html" @if word == "Search" { "#search" } } { (word) } " "
        }
    }
}

fn render_page(title: &str, root: &'static str, body: &Markup) -> String {
    render_layout(&truncate(title, 120), Links::Site(root), &render_nav(root), body)
}

/// Links from a page in a folder of the site.
const UP: Links = Links::Site("../");

/// Renders the front page: overview, search and downloads.
pub fn render_front_page(
    snapshot: &Snapshot,
    index: &ClaimIndex,
    downloads: &[(&str, &str)],
) -> String {
    let here = Links::Site("");
    let body = html! {
        (overview::render_overview(snapshot, here, index, MAX_OVERVIEW_LINES))
        section aria-labelledby="search-title" {
            h2 id="search-title" { "Search" }
            form id="search" class="needs-script" role="search" aria-label="Claims" hidden {
                label class="words" { "Words, in any script: of claims and figures, places, sources, statuses " input type="search" name="q" autocomplete="off"; }
                output id="found" aria-live="polite" {}
            }
            ul id="results" class="briefs" {}
            noscript { p { "The search needs JavaScript; the lists do not." } }
        }
        section aria-labelledby="data" {
            h2 id="data" { "Data" }
            ul { @for (name, about) in downloads { li { a download="" href={ "data/" (name) } { (name) } " – " (about) } } }
        }
    };
    render_page(snapshot.title.as_deref().unwrap_or("Claims on record"), "", &body)
}

/// Renders the page of the map.
pub fn render_map_page(snapshot: &Snapshot) -> String {
    render_page(
        "Map",
        "",
        &html! { h1 { "Where the claims lie" } (map::render_map(snapshot, Links::Site(""))) },
    )
}

/// Renders the page under a former key, which leads to the page of the present one.
pub fn render_former_page(key: &str) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="refresh" content={ "0; url=" (key) ".html" };
                link rel="canonical" href={ (key) ".html" };
                title { (key) }
            }
            body { p { a href={ (key) ".html" } { "This entry has another address now: " (key) } } }
        }
    };
    page.into_string()
}

/// Renders the page of a claim.
pub fn render_claim_page(snapshot: &Snapshot, one: &Claim) -> String {
    let body = html! {
        article class="claim" {
            h1 dir="auto" { (shown_text(&one.text)) }
            (claim::render_caveats(snapshot, UP, one))
            (claim::render_record(snapshot, UP, one))
        }
    };
    render_page(&one.text, "../", &body)
}

/// Renders a page of a list of claims: those with a status, or all.
pub fn render_claim_list(
    snapshot: &Snapshot,
    index: &ClaimIndex,
    title: &str,
    all: &[usize],
    page: ListPage<'_>,
) -> String {
    let body = html! {
        h1 { (bidi_text(title)) }
        p class="caveats" { (count_noun(all.len() as u64, "claim")) }
        (render_claims(snapshot, index, all, page))
    };
    render_page(title, "../", &body)
}

/// Renders a page of the timeline; `all` is the result of [`dated_claims`].
pub fn render_timeline_page(
    snapshot: &Snapshot,
    index: &ClaimIndex,
    all: &[usize],
    page: ListPage<'_>,
) -> String {
    let some = page.slice(all);
    let undated = index.lines.len() - all.len();
    let body = html! {
        h1 { "Timeline" }
        p class="caveats" {
            "Each bar covers every day that the stated date allows; a pale bar with a dashed edge is an uncertain one. "
            (count_noun(undated as u64, "claim")) " without a stated date not drawn."
        }
        (timeline::render_section(snapshot, UP, index, some))
        (page.render_pager())
    };
    render_page("Timeline", "../", &body)
}

/// Renders a page of a source with its claims.
pub fn render_source_page(
    snapshot: &Snapshot,
    index: &ClaimIndex,
    one: &Source,
    page: ListPage<'_>,
) -> String {
    let all = index.by_source.get(&one.key).map_or(&[][..], Vec::as_slice);
    let body = html! {
        h1 { (bidi_text(&one.title)) }
        (lists::render_source_facts(snapshot, UP, one))
        h2 { "Claims" }
        (render_claims(snapshot, index, all, page))
        @if let Some(contested) = index.by_contesting_source.get(&one.key) {
            h2 { "Claims that it contests" }
            (index.render_list(snapshot, UP, &contested[..contested.len().min(LINES_PER_PAGE)]))
            @if contested.len() > LINES_PER_PAGE { p { "… and " (contested.len() - LINES_PER_PAGE) " more." } }
        }
    };
    render_page(&one.title, "../", &body)
}

/// Renders a page of a place with its claims.
pub fn render_place_page(
    snapshot: &Snapshot,
    index: &ClaimIndex,
    one: &Place,
    page: ListPage<'_>,
) -> String {
    let all = index.by_place.get(&one.key).map_or(&[][..], Vec::as_slice);
    let body = html! {
        h1 { (bidi_text(&one.name)) }
        (lists::render_place_facts(snapshot, UP, one))
        h2 { "Claims" }
        (render_claims(snapshot, index, all, page))
    };
    render_page(&one.name, "../", &body)
}

/// Renders the page of a measure with its figures.
pub fn render_measure_page(snapshot: &Snapshot, one: &Measure) -> String {
    let shown_here = &one.figures[..one.figures.len().min(MAX_FIGURES_SHOWN)];
    let body = html! {
        h1 { (bidi_text(&one.title)) }
        @if one.figures.len() > MAX_FIGURES_SHOWN {
            p { "The first " (MAX_FIGURES_SHOWN) " of " (one.figures.len()) " figures; the data has all." }
        }
        (figures::render_measure(snapshot, UP, one, shown_here))
    };
    render_page(&one.title, "../", &body)
}

/// Renders a page of a list of sources, places or measures.
pub fn render_link_list(
    title: &str,
    all: &[(String, String, String)],
    page: ListPage<'_>,
) -> String {
    let body = html! {
        h1 { (title) }
        ul class="briefs" { @for (address, word, note) in page.slice(all) {
            li { a href={ "../" (address) } { (bidi_text(&truncate(word, 200))) } " " span class="caveats" { (bidi_text(note)) } }
        } }
        (page.render_pager())
    };
    render_page(title, "../", &body)
}

/// Lists the sources, places or measures: address, title, and number of claims or figures.
pub fn list_links(snapshot: &Snapshot, what: &str) -> Vec<(String, String, String)> {
    let entry = |key: &str, title: &str, number: u64, word: &str| {
        (format!("{what}/{key}.html"), title.to_owned(), count_noun(number, word))
    };
    match what {
        "source" => {
            let all = snapshot.sources.all.iter();
            all.map(|one| entry(&one.key, &one.title, overview::count_stated(one), "claim"))
                .collect()
        }
        "place" => {
            let all = snapshot.places.all.iter();
            all.map(|one| entry(&one.key, &one.name, one.claims, "claim")).collect()
        }
        _ => {
            // Measures with disagreeing figures first.
            let disagree: BTreeSet<&str> =
                snapshot.conflicts.iter().map(|pair| pair.measure.0.as_str()).collect();
            let mut all: Vec<_> = snapshot.measures.all.iter().collect();
            all.sort_by_key(|one| !disagree.contains(one.key.as_str()));
            let link = |one: &&Measure| {
                let mut entry = entry(&one.key, &one.title, one.figures.len() as u64, "figure");
                if disagree.contains(one.key.as_str()) {
                    entry.2.push_str(", which do not all agree");
                }
                entry
            };
            all.iter().map(link).collect()
        }
    }
}

/// Renders the claims of a page of a list.
fn render_claims(
    snapshot: &Snapshot,
    index: &ClaimIndex,
    all: &[usize],
    page: ListPage<'_>,
) -> Markup {
    html! {
        (index.render_list(snapshot, UP, page.slice(all)))
        (page.render_pager())
    }
}
