//! Sources, places and measures, each with what is on record about it.

use super::components::{Links, badge, count, outside, place, shown, source, text, when};
use super::index::Catalogue;
use crate::model::publication::{Place, Snapshot, Source};
use maud::{Markup, html};

/// What is known of a source: how it may be found, how reliable it was judged, how its claims fared.
pub(super) fn source_facts(book: &Snapshot, links: Links, one: &Source) -> Markup {
    html! {
        p class="caveats" {
            (shown(&one.kind))
            @if !one.named { ", unnamed" }
            @if let Some(author) = &one.author { " · " (text(author)) }
            @if let Some(outlet) = &one.outlet { " · " (text(outlet)) }
            @if let Some(date) = &one.published { " · " (when(date)) }
            @match &one.grade {
                Some((letter, words, _)) => { " · reliability " (shown(letter)) " (" (shown(words)) ")" }
                None => { " · reliability not graded" }
            }
        }
        @if let Some(url) = &one.url { p { (outside(url, None)) @if let Some(copy) = &one.archived_url { " · " (outside(copy, Some("archived copy"))) } } }
        @if let Some((_, _, because)) = &one.grade { p class="note" dir="auto" { (shown(because)) } }
        @if let Some(note) = &one.note { p class="note" dir="auto" { (shown(note)) } }
        @let from: Vec<_> = book.edges.get(&one.key).into_iter().flatten().collect();
        @if !from.is_empty() || book.bodies.contains_key(&one.key) {
            ul {
                @for edge in from { li { (shown(&edge.how)) " " (source(book, links, &edge.origin)) } }
                @if let Some(body) = book.bodies.get(&one.key) { li { "speaks for " (source(book, links, body)) } }
            }
        }
        @if !one.record.is_empty() {
            p { "Its claims: " @for (n, (status, claims)) in one.record.iter().enumerate() {
                @if n > 0 { ", " } (claims) " " (badge(book, status))
            } }
        }
    }
}

/// What is known of a place: names, what is around it, how exactly it is known.
pub(super) fn place_facts(book: &Snapshot, links: Links, one: &Place) -> Markup {
    html! {
        p class="caveats" {
            (shown(&one.kind))
            @for around in book.enclosing_places(&one.key).iter().skip(1) { ", in " (place(book, links, &around.key)) }
            " · " (count(one.claims, "claim")) " here or inside it"
            @if one.near > 0 { ", " (one.near) " more near it or toward it" }
            @match (&one.at, &one.precision) {
                (Some(_), Some((_, words))) => { " · its point on the map stands for: " (shown(words)) }
                (Some(_), None) => { " · how exact its point is, is not stated" }
                (None, _) => { " · not on the map: no coordinates are on record" }
            }
        }
        @if !one.names.is_empty() {
            p { "Also: " @for (n, (name, language)) in one.names.iter().enumerate() {
                @if n > 0 { ", " }
                bdi lang=[super::components::language(language.as_deref())] { (shown(name)) }
            } }
        }
        @if let Some(note) = &one.note { p class="note" dir="auto" { (shown(note)) } }
    }
}

/// The sources of a page, parties and documents, each with its claims.
pub(super) fn sources(book: &Snapshot, links: Links, catalogue: &Catalogue) -> Markup {
    html! {
        section aria-labelledby="sources" {
            h2 id="sources" { "Sources" }
            p class="intro" { "Who says it, and how their claims have fared so far by the verdicts on record." }
            @for one in &book.sources.all {
                article class="entry" id={ "source/" (one.key) } {
                    h3 { (text(&one.title)) }
                    (source_facts(book, links, one))
                    (claims(book, links, catalogue, "", catalogue.of_source.get(&one.key)))
                    (claims(book, links, catalogue, " that it contests", catalogue.contested.get(&one.key)))
                }
            }
        }
    }
}

/// The places of a page, each with its claims.
pub(super) fn places(book: &Snapshot, links: Links, catalogue: &Catalogue) -> Markup {
    html! {
        section aria-labelledby="places" {
            h2 id="places" { "Places" }
            @for one in &book.places.all {
                @let names: Vec<_> = one.names.iter().map(|(name, _)| shown(name)).collect();
                article class="entry" id={ "place/" (one.key) } data-names={ (shown(&one.name)) " " (names.join(" ")) } {
                    h3 { (text(&one.name)) }
                    (place_facts(book, links, one))
                    (claims(book, links, catalogue, "", catalogue.of_place.get(&one.key)))
                }
            }
        }
    }
}

/// The figures of a page, measure by measure; those that disagree first.
pub(super) fn measures(book: &Snapshot, links: Links) -> Markup {
    let disagree = |key: &str| book.conflicts.iter().any(|pair| pair.measure.0 == key);
    let mut all: Vec<_> = book.measures.all.iter().collect();
    all.sort_by_key(|one| (!disagree(&one.key), std::cmp::Reverse(one.figures.len())));
    html! {
        section aria-labelledby="figures" {
            h2 id="figures" { "Figures" }
            p class="intro" {
                "Each bar runs from the least to the most that the words can mean. A pale bar with a dashed edge rests on an "
                "assumed tolerance (“about”, “nearly”), a grey one is open to one side. Only figures on one measure and in one unit share a scale."
            }
            @for one in all {
                article class="entry" id={ "measure/" (one.key) } {
                    h3 { (text(&one.title)) }
                    (super::figures::measure(book, links, one, &one.figures))
                }
            }
        }
    }
}

fn claims(
    book: &Snapshot,
    links: Links,
    catalogue: &Catalogue,
    which: &str,
    claims: Option<&Vec<usize>>,
) -> Markup {
    html! {
        @if let Some(claims) = claims {
            details {
                summary { (count(claims.len() as u64, "claim")) (which) }
                (catalogue.list(book, links, claims))
            }
        }
    }
}
