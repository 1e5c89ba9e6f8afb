//! The pages of a site: a small one for each claim, source, place and measure, and lists by pages.

use super::components::{Links, count, cut, shown, text};
use super::index::Catalogue;
use super::layout::frame;
use super::{claim, figures, lists, map, overview, timeline};
use crate::model::publication::{Claim, Measure, Place, Snapshot, Source};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Claims on a page of a list.
pub const PER_PAGE: usize = 150;
/// Figures on the page of a measure; the report and the data have all.
const FIGURES: usize = 150;
/// Lines of each list on the first page.
const MOST: usize = 15;

/// A page of a list: which lines of it, and how its pages are called.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The page, from 1.
    pub page: usize,
    /// All its pages.
    pub pages: usize,
    /// The name of its files up to the number of the page; the first may bear none.
    pub stem: &'a str,
}

impl Part<'_> {
    /// The name of the file of a page: `STEM.html`, `STEM_2.html`. No key holds an underscore.
    pub fn file(stem: &str, page: usize) -> String {
        if page == 1 { format!("{stem}.html") } else { format!("{stem}_{page}.html") }
    }

    /// The lines of this page.
    fn of<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        let from = ((self.page - 1) * PER_PAGE).min(all.len());
        &all[from..(from + PER_PAGE).min(all.len())]
    }

    fn links(&self) -> Markup {
        let name = self.stem.rsplit('/').next().unwrap_or(self.stem);
        html! {
            @if self.pages > 1 {
                nav class="pages" aria-label="Pages" {
                    @if self.page > 1 { a rel="prev" href=(Part::file(name, self.page - 1)) { "Previous" } " " }
                    "Page " (self.page) " of " (self.pages)
                    @if self.page < self.pages { " " a rel="next" href=(Part::file(name, self.page + 1)) { "Next" } }
                }
            }
        }
    }
}

fn nav(root: &str) -> Markup {
    html! {
        @for (file, word) in [("index", "At a glance"), ("list/claims", "Claims"), ("map", "Map"), ("list/timeline", "Timeline"), ("list/sources", "Sources"),
            ("list/places", "Places"), ("list/measures", "Figures"), ("index", "Search")] {
            a href={ (root) (file) ".html" @if word == "Search" { "#search" } } { (word) } " "
        }
    }
}

fn framed(title: &str, root: &'static str, body: &Markup) -> String {
    frame(&cut(title, 120), Links::Site(root), &nav(root), body)
}

const UP: Links = Links::Site("../");

/// The first page: what stands out, and the search.
pub fn page_of_index(book: &Snapshot, catalogue: &Catalogue, downloads: &[(&str, &str)]) -> String {
    let here = Links::Site("");
    let body = html! {
        (overview::glance(book, here, catalogue, MOST))
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
    framed(book.title.as_deref().unwrap_or("Claims on record"), "", &body)
}

/// The map.
pub fn page_of_map(book: &Snapshot) -> String {
    framed("Map", "", &html! { h1 { "Where the claims lie" } (map::map(book, Links::Site(""))) })
}

/// A claim.
pub fn page_of_claim(book: &Snapshot, one: &Claim) -> String {
    let body = html! {
        article class="claim" {
            h1 dir="auto" { (shown(&one.text)) }
            (claim::caveats(book, UP, one))
            (claim::record(book, UP, one))
        }
    };
    framed(&one.text, "../", &body)
}

/// Claims of a status, or all of them.
pub fn page_of_list(
    book: &Snapshot,
    catalogue: &Catalogue,
    title: &str,
    all: &[usize],
    part: Part<'_>,
) -> String {
    let body = html! {
        h1 { (text(title)) }
        p class="caveats" { (count(all.len() as u64, "claim")) }
        (claims(book, catalogue, all, part))
    };
    framed(title, "../", &body)
}

/// The dated claims in their order.
pub fn dated(catalogue: &Catalogue) -> Vec<usize> {
    timeline::dated(catalogue)
}

/// A page of the timeline; `all` is what [`dated`] gives.
pub fn page_of_timeline(
    book: &Snapshot,
    catalogue: &Catalogue,
    all: &[usize],
    part: Part<'_>,
) -> String {
    let some = part.of(all);
    let undated = catalogue.briefs.len() - all.len();
    let body = html! {
        h1 { "Timeline" }
        p class="caveats" {
            "Each bar covers every day that the stated date allows; a pale bar with a dashed edge is an uncertain one. "
            (count(undated as u64, "claim")) " without a stated date not drawn."
        }
        (timeline::stretch(book, UP, catalogue, some))
        (part.links())
    };
    framed("Timeline", "../", &body)
}

/// A source with its claims.
pub fn page_of_source(
    book: &Snapshot,
    catalogue: &Catalogue,
    one: &Source,
    part: Part<'_>,
) -> String {
    let all = catalogue.of_source.get(&one.key).map_or(&[][..], Vec::as_slice);
    let body = html! {
        h1 { (text(&one.title)) }
        (lists::source_facts(book, UP, one))
        h2 { "Claims" }
        (claims(book, catalogue, all, part))
        @if let Some(contested) = catalogue.contested.get(&one.key) {
            h2 { "Claims that it contests" }
            (catalogue.list(book, UP, &contested[..contested.len().min(PER_PAGE)]))
            @if contested.len() > PER_PAGE { p { "… and " (contested.len() - PER_PAGE) " more." } }
        }
    };
    framed(&one.title, "../", &body)
}

/// A place with its claims.
pub fn page_of_place(
    book: &Snapshot,
    catalogue: &Catalogue,
    one: &Place,
    part: Part<'_>,
) -> String {
    let all = catalogue.of_place.get(&one.key).map_or(&[][..], Vec::as_slice);
    let body = html! {
        h1 { (text(&one.name)) }
        (lists::place_facts(book, UP, one))
        h2 { "Claims" }
        (claims(book, catalogue, all, part))
    };
    framed(&one.name, "../", &body)
}

/// A measure with its figures.
pub fn page_of_measure(book: &Snapshot, one: &Measure) -> String {
    let shown_here = &one.figures[..one.figures.len().min(FIGURES)];
    let body = html! {
        h1 { (text(&one.title)) }
        @if one.figures.len() > FIGURES {
            p { "The first " (FIGURES) " of " (one.figures.len()) " figures; the data has all." }
        }
        (figures::measure(book, UP, one, shown_here))
    };
    framed(&one.title, "../", &body)
}

/// A page of links to sources, places or measures: title and address of each.
pub fn page_of_links(title: &str, all: &[(String, String, String)], part: Part<'_>) -> String {
    let body = html! {
        h1 { (title) }
        ul class="briefs" { @for (address, word, note) in part.of(all) {
            li { a href={ "../" (address) } { (text(&cut(word, 200))) } " " span class="caveats" { (text(note)) } }
        } }
        (part.links())
    };
    framed(title, "../", &body)
}

/// Sources, places and measures as links: address, title, how many claims or figures.
pub fn entries(book: &Snapshot, what: &str) -> Vec<(String, String, String)> {
    let entry = |key: &str, title: &str, number: u64, word: &str| {
        (format!("{what}/{key}.html"), title.to_owned(), count(number, word))
    };
    match what {
        "source" => {
            let all = book.sources.all.iter();
            all.map(|one| entry(&one.key, &one.title, overview::stated(one), "claim")).collect()
        }
        "place" => {
            let all = book.places.all.iter();
            all.map(|one| entry(&one.key, &one.name, one.claims, "claim")).collect()
        }
        _ => {
            // Those whose figures disagree stand first.
            let disagree: BTreeSet<&str> =
                book.conflicts.iter().map(|pair| pair.measure.0.as_str()).collect();
            let mut all: Vec<_> = book.measures.all.iter().collect();
            all.sort_by_key(|one| !disagree.contains(one.key.as_str()));
            let said = |one: &&Measure| {
                let mut entry = entry(&one.key, &one.title, one.figures.len() as u64, "figure");
                if disagree.contains(one.key.as_str()) {
                    entry.2.push_str(", which do not all agree");
                }
                entry
            };
            all.iter().map(said).collect()
        }
    }
}

fn claims(book: &Snapshot, catalogue: &Catalogue, all: &[usize], part: Part<'_>) -> Markup {
    html! {
        (catalogue.list(book, UP, part.of(all)))
        (part.links())
    }
}
